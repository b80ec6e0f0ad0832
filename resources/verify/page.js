// SPDX-License-Identifier: Apache-2.0
// The page: what is typed, scanned, dropped or stands behind # in the address, and its verdict.

import { readBarcodes, prepareZXingModule } from "zxing-wasm/reader";
import { digitsIn, judge } from "./proof.js";
import { WORDS } from "./words.js";

const lists = JSON.parse(document.getElementById("list").textContent);
const code = document.getElementById("code");
const answer = document.getElementById("answer");
const file = document.getElementById("file");
let language = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "th";
let shown = [];

const say = (name) => WORDS[language][name];

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const MONTHS = {
  th: ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
    "ตุลาคม", "พฤศจิกายน", "ธันวาคม"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"],
};

function day(iso) {
  const [year, month, number] = iso.slice(0, 10).split("-").map(Number);
  const words = `${number} ${MONTHS[language][month - 1]}`;
  return language === "th" ? `${words} พ.ศ. ${year + 543}` : `${words} ${year}`;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function card(said) {
  const made = element("article", said.verdict);
  const head = element("div", "verdict");
  head.append(element("h2", "", `${say("signs")[said.verdict]} ${say(said.verdict)}`));
  const values = { ...said, as_of: said.as_of ? day(said.as_of) : "",
    since: said.since ? day(said.since) : "" };
  head.append(element("p", "", fill(say(`${said.why || said.verdict}_means`), values)));
  if (said.verdict === "genuine" && said.as_of) {
    head.append(element("p", "", fill(say("not_revoked"), values)));
  }
  if (said.verdict === "genuine" && said.since) {
    head.append(element("p", "", fill(say("confirmed_means"), values)));
  }
  if (said.beside) head.append(element("p", "", say("beside_means")));
  made.append(head);
  if (said.content) {
    const rows = element("dl");
    for (const [name, value] of [
      ["recipient", said.content.recipient], ["subject", said.content.subject],
      ["number", said.content.number], ["given", said.content.issued && day(said.content.issued)],
      ["edition", said.content.edition > 1 ? String(said.content.edition) : ""],
      ["issuer", said.issuer || say("nobody")],
    ]) {
      if (!value) continue;
      rows.append(element("dt", "", say(name)));
      rows.append(element("dd", name === "recipient" ? "name" : "", value));
    }
    made.append(rows);
  }
  return made;
}

function show(results) {
  shown = results;
  answer.replaceChildren(...results.map(card));
  answer.firstElementChild?.scrollIntoView({ block: "nearest" });
}

function check(text) {
  show([judge(digitsIn(text), lists)]);
}

let ready = false;
async function read(picture) {
  if (!ready) {
    const packed = document.getElementById("reader").textContent;
    const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
    prepareZXingModule({ overrides: { wasmBinary: bytes.buffer } });
    ready = true;
  }
  const found = await readBarcodes(picture, {
    formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 32,
  });
  return found.filter((one) => one.isValid).map((one) => one.text);
}

async function take(files) {
  const results = [];
  for (const one of files) {
    let texts = [];
    try {
      texts = await read(one);
    } catch {
      texts = [];
    }
    if (!texts.length) results.push({ verdict: "unread", why: "picture" });
    for (const text of texts) results.push(judge(digitsIn(text), lists));
  }
  if (results.length) show(results);
}

function speak() {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const one of document.querySelectorAll("[data-say]")) {
    one.textContent = say(one.dataset.say);
  }
  document.getElementById("language").textContent = language === "th" ? "English" : "ภาษาไทย";
  document.getElementById("language").lang = language === "th" ? "en" : "th";
  const keys = new Set(lists.flatMap((one) => one.keys.map((key) => key.issuer)));
  const oldest = lists.map((one) => one.as_of).sort()[0];
  document.getElementById("known").textContent = fill(
    keys.size ? say("known") : say("known_nothing"),
    { count: keys.size, as_of: oldest ? day(oldest) : "" },
  );
  if (shown.length) show(shown);
}

document.getElementById("language").addEventListener("click", () => {
  language = language === "th" ? "en" : "th";
  speak();
});
document.getElementById("check").addEventListener("click", () => check(code.value));
document.getElementById("choose").addEventListener("click", () => file.click());
file.addEventListener("change", () => {
  take([...file.files]).finally(() => { file.value = ""; });
});
code.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  check(code.value);
  code.select(); // the next scan replaces this one
});
addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("over");
});
addEventListener("dragleave", () => document.body.classList.remove("over"));
addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("over");
  take([...event.dataTransfer.files]);
});
addEventListener("paste", (event) => {
  const files = [...event.clipboardData.files];
  if (files.length) {
    event.preventDefault();
    take(files);
  }
});
addEventListener("hashchange", () => {
  if (location.hash.length > 1) check(location.hash.slice(1));
});

speak();
if (location.hash.length > 1) check(location.hash.slice(1));
