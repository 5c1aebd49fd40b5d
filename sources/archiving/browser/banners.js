// Declines the consent banner of one frame. Runs in a world of scripts that the page cannot reach, once the page is quiet.
//
// `library` is autoconsent, `rules` are its rules, `isnadHears` is the one way out: an "eval" asks for a line of the
// library to be run among the page's own scripts, "found" names the rule that is about to act, "ended" says what came
// of it. What no rule knows is looked for by its words, of which the library has none in Arabic: refused where it can
// be, and else taken out. Nothing is accepted.

const CONSENT = /\bcookies?\b|ملفات (?:تعريف )?الارتباط|(?:ال)?كوكيز/i;
const REFUSAL = new RegExp(
  "^(?:(?:reject|refuse|decline|deny)(?: all| cookies| all cookies)?|(?:i )?(?:disagree|do not accept)|no,? thanks" +
    "|(?:only )?(?:strictly )?(?:necessary|essential)(?: cookies)?(?: only)?" +
    "|continue without (?:accepting|agreeing)" +
    "|(?:ال|أ|ا)?رفض(?: الكل| الجميع| ملفات (?:تعريف )?الارتباط)?|(?:أنا )?(?:لا|غير) (?:أ|ا|م)وافق" +
    "|(?:قبول )?(?:الضرورية|الأساسية) فقط|المتابعة (?:دون|بدون) (?:قبول|موافقة)|لا،? شكرا[ً]?)$",
  "i",
);
const BUTTONS = "button, a, [role=button], input[type=button], input[type=submit]";
const MOST_ELEMENTS = 20000;
const LONGEST = 2000; // letters: what says more is no banner

const tell = (message) => isnadHears(JSON.stringify(message));
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const isSeen = (element) => element.checkVisibility() && element.getBoundingClientRect().height > 0;
const floats = (element) => ["fixed", "sticky"].includes(getComputedStyle(element).position);

class Declining extends library.default {
  start() {
    this.run().catch(() => ({ what: "failed" })).then((came) => tell({ type: "ended", ...came }));
  }

  async run() {
    await null; // until the constructor is done
    await this._start();
    const declined = await (this.handled ?? false);
    const { name = "", isCosmetic = false } = this.foundCmp ?? {};
    if (declined && !(await this.isStillThere())) return { what: isCosmetic ? "hidden" : "declined", rule: name };
    const came = window === window.top ? await byWords() : "";
    if (came) return { what: came, rule: "words" };
    return { what: this.foundCmp ? "failed" : "none", rule: name };
  }

  handlePopup(cmp) {
    tell({ type: "found", rule: cmp.name });
    this.handled = super.handlePopup(cmp).catch(() => false);
    return this.handled;
  }

  async isStillThere() {
    await pause(500);
    return this.foundCmp.name.startsWith("HEURISTIC") ? !(await this.foundCmp.test()) : this.foundCmp.detectPopup();
  }
}

async function byWords() {
  const banner = [...document.body.querySelectorAll("*")].slice(0, MOST_ELEMENTS).find(isBanner);
  if (!banner) return "";
  const refusal = [...banner.querySelectorAll(BUTTONS)].find((button) =>
    REFUSAL.test((button.value || button.innerText).trim().replace(/\s+/g, " ")),
  );
  if (refusal) {
    tell({ type: "found", rule: "words" });
    refusal.click();
    await pause(500);
    if (!banner.isConnected || !isSeen(banner)) return "declined";
  }
  takeOut(banner);
  return "hidden";
}

function isBanner(element) {
  if (!floats(element) || !isSeen(element)) return false;
  const text = element.innerText;
  if (!CONSENT.test(text) || text.length > LONGEST) return false;
  return element.querySelector(BUTTONS) && !element.querySelector("main, article");
}

// Out of the document, so that its text is not the page's either; with the curtain before the rest, and the lock on scrolling.
function takeOut(banner) {
  const covers = (element) => element.offsetWidth >= innerWidth && element.offsetHeight >= innerHeight;
  const beside = [...banner.parentElement.children].filter(
    (element) => !element.innerText && !element.childElementCount && floats(element) && covers(element),
  );
  for (const element of [banner, ...beside]) element.remove();
  for (const element of [document.documentElement, document.body])
    if (getComputedStyle(element).overflowY === "hidden") element.style.setProperty("overflow", "visible", "important");
}

const compact = library.filterCompactRules(rules, { url: location.href, mainFrame: window === window.top });
const consent = new Declining(
  async (message) => message.type === "eval" && tell({ type: "eval", id: message.id, code: message.code }),
  // Two tries: what is sought among the words of a page is sought in the second one only.
  { autoAction: "optOut", enablePrehide: false, detectRetries: 1, heuristicMode: "reject", logs: {} },
  { autoconsent: [], compact },
);
globalThis.isnadAnswers = (id, result) => consent.receiveMessageCallback({ type: "evalResp", id, result });
