// SPDX-License-Identifier: Apache-2.0
// The text of a PDF as pdf.js, the reader inside Firefox, copies it out: pages end with a form feed.
import { readFileSync } from "node:fs";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";

const data = new Uint8Array(readFileSync(process.argv[2]));
const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS }).promise;
let text = "";
for (let number = 1; number <= pdf.numPages; number += 1) {
  const content = await (await pdf.getPage(number)).getTextContent();
  text += content.items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\f";
}
process.stdout.write(text);
