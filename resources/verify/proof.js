// SPDX-License-Identifier: Apache-2.0
// The code of a certificate, version 1, as desktop/model/proof.py writes it, and its verdict.

import { hashes, verify } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { TOKENS } from "./tokens.js";

hashes.sha512 = sha512;

const CONTEXT = new TextEncoder().encode("samut-certificate-1\0");
const PAPER_CONTEXT = new TextEncoder().encode("samut-paper-1\0");
const PAPER = 12;
const PAPER_LETTERS = 16;
const FIXED = 24;
const TEXTS = 4;
const SIGNATURE = 64;
const CHECK = 2;
const LEAST = FIXED + TEXTS + SIGNATURE + CHECK;
const MOST = LEAST + TEXTS * 255;
const LONGER_THAN_ANY_OTHER = 40;

export class NotOurs extends Error {}
export class Damaged extends Error {}
export class Newer extends Error {}

// Which key of a US keyboard gives which letter while the Thai layout (Kedmanee) is on.
const THAI_KEYS = "ๅ/-ภถุึคตจขช_ๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" +
  "+๑๒๓๔ู฿๕๖๗๘๙%๐\"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ";
const US_KEYS = "1234567890-=`qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" +
  "!@#$%^&*()_+~QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?";
const TO_US = new Map([...THAI_KEYS].map((key, at) => [key, [...US_KEYS][at]]));

function arabic(text) {
  return text.replace(/[๐-๙]/g, (one) => String(one.codePointAt(0) - 0x0e50));
}

// What may be the digits in a scanned, typed or pasted text, the likeliest first.
export function digitsIn(text) {
  const bare = text.normalize("NFC").replace(/\s/g, "");
  const typed = [...bare].map((key) => TO_US.get(key) ?? key).join("");
  return [bare, typed].map((one) => arabic(one.slice(one.lastIndexOf("#") + 1)));
}

function digitsOf(length) {
  return String((1n << BigInt(8 * length)) - 1n).length;
}

function crc(bytes) {
  let value = 0xffff;
  for (const byte of bytes) {
    value ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      value = (value & 0x8000 ? (value << 1) ^ 0x1021 : value << 1) & 0xffff;
    }
  }
  return value;
}

// Payload and signature in digits. Throws NotOurs or Damaged.
export function fromDigits(digits) {
  if (!/^[0-9]+$/.test(digits) || digits.length < LONGER_THAN_ANY_OTHER) throw new NotOurs();
  let length = LEAST;
  while (length <= MOST && digitsOf(length) < digits.length) length += 1;
  if (length > MOST || digitsOf(length) !== digits.length) throw new Damaged();
  let value = BigInt(digits);
  if (value >> BigInt(8 * length)) throw new Damaged();
  const body = new Uint8Array(length);
  for (let at = length - 1; at >= 0; at -= 1) {
    body[at] = Number(value & 0xffn);
    value >>= 8n;
  }
  const signed = body.subarray(0, length - CHECK);
  if (crc(signed) !== (body[length - 2] << 8) + body[length - 1]) throw new Damaged();
  return signed;
}

function text(bytes) {
  let found = "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at];
    if (byte === 0) {
      const lead = bytes[at + 1] ?? 0;
      const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
      found += decoder.decode(bytes.subarray(at + 1, at + 1 + length));
      at += 1 + length;
      continue;
    }
    if (TOKENS[byte] !== undefined) found += TOKENS[byte];
    else if (byte < 0x7f) found += String.fromCodePoint(byte);
    else found += String.fromCodePoint(0x0e01 + byte - 0xa1);
    at += 1;
  }
  return found;
}

const hex = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
const bytesOf = (told) => Uint8Array.from(told.match(/../g), (one) => parseInt(one, 16));

function decode(payload) {
  if (payload[0] > 1) throw new Newer();
  if (payload[0] !== 1 || payload.length < FIXED + TEXTS) throw new Damaged();
  const texts = [];
  let at = FIXED;
  for (let count = 0; count < TEXTS; count += 1) {
    const end = at + 1 + payload[at];
    if (!(end <= payload.length)) throw new Damaged();
    try {
      texts.push(text(payload.subarray(at + 1, end)));
    } catch {
      throw new Damaged();
    }
    at = end;
  }
  if (at !== payload.length) throw new Damaged();
  const number = (place, size) => payload.subarray(place, place + size)
    .reduce((sum, byte) => sum * 256 + byte, 0);
  const usual = `${number(18, 3)}/${number(16, 2)}`;
  return {
    key: hex(payload.subarray(1, 7)),
    part: hex(payload.subarray(7, 15)),
    number: texts[0] || usual,
    issued: new Date(number(21, 2) * 86400000).toISOString().slice(0, 10),
    edition: payload[23],
    recipient: texts[1],
    subject: texts[2],
    said: texts[3],
  };
}

function unread(tries) {
  const failed = [];
  for (const digits of tries) {
    try {
      return fromDigits(digits);
    } catch (wrong) {
      failed.push(wrong);
    }
  }
  throw failed[0];
}

// The verdict over a code: what `digitsIn` gave, and the lists ([{as_of, keys, revoked}]).
export function judge(tries, lists) {
  let content;
  let payload;
  let signature;
  try {
    const signed = unread(tries);
    payload = signed.subarray(0, signed.length - SIGNATURE);
    signature = signed.subarray(signed.length - SIGNATURE);
    content = decode(payload);
  } catch (wrong) {
    return { verdict: "unread", why: wrong instanceof Newer ? "newer" : "unread" };
  }
  const message = new Uint8Array([...CONTEXT, ...payload]);
  let named = false;
  const signed = [];
  for (const list of lists) {
    for (const key of list.keys) {
      const known = bytesOf(key.public);
      if (hex(sha256(known).subarray(0, 6)) !== content.key) continue;
      named = true;
      let genuine = false;
      try {
        genuine = verify(signature, message, known, { zip215: false });
      } catch {
        genuine = false;
      }
      if (genuine) signed.push(key);
    }
  }
  if (signed.length) return standing(content, digest(payload), standingBy(signed), lists);
  // The key's name says nothing by itself: with a known one a wrong signature is a forgery.
  return named ? { verdict: "altered" } : { verdict: "unknown", content };
}

// Of the offices that call this key theirs the first that stands by it, or the first. An office
// withdraws a key for itself alone; a list of before does not bring it back. For its papers too an
// office speaks for itself alone.
function standingBy(signed) {
  const gone = new Map();
  for (const key of signed) {
    if (key.withdrawn && !gone.has(key.office)) gone.set(key.office, key.withdrawn);
  }
  const stands = signed.find((key) => !gone.has(key.office));
  if (stands) return stands;
  const papers = signed.filter((key) => key.office === signed[0].office)
    .map((key) => key.papers ?? "");
  return { ...signed[0], withdrawn: gone.get(signed[0].office), papers };
}

// Twelve bytes that stand for one paper, in base64: everything its code says.
function digest(payload) {
  const said = sha256(new Uint8Array([...PAPER_CONTEXT, ...payload])).subarray(0, PAPER);
  return btoa(String.fromCharCode(...said));
}

// Whether a list names this paper among those that the register knew before the withdrawal.
function named(papers, paper) {
  for (let at = 0; at < papers.length; at += PAPER_LETTERS) {
    if (papers.startsWith(paper, at)) return true;
  }
  return false;
}

// Only a list that names the key may say that its certificates stand no more.
function standing(content, paper, key, lists) {
  const speaking = lists.filter((list) => list.keys.some((one) => one.public === key.public));
  const as_of = speaking.map((list) => list.as_of).sort().at(-1);
  const said = { content, issuer: key.issuer, as_of, since: key.withdrawn };
  // Whoever has the laptop writes any date and any number: of what no register knew before
  // nothing is proven.
  if (key.withdrawn && !key.papers.some((one) => named(one, paper))) {
    return { ...said, verdict: "withdrawn" };
  }
  for (const list of speaking) {
    const found = list.revoked.find((one) => one[0] === content.part);
    if (found) return { ...said, verdict: "revoked", why: found[1], by: found[3] };
  }
  const beside = speaking.some((list) => list.beside?.includes(content.part));
  return { ...said, verdict: "genuine", beside };
}
