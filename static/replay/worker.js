/* The service worker of the replay origin: ReplayWeb.page's own, and around it a wall.

   What comes out of the archive runs as a page of this origin. What is said here lets it reach nothing but this origin,
   and that is to say the archive. ReplayWeb.page has a policy too, which leaves WebSockets and more open. */
"use strict";

const POLICY = [
  "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
  "connect-src 'self' data: blob:",
  "frame-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
  "sandbox allow-scripts allow-same-origin",
].join("; ");

/* What an archived header may still say here. Others give orders to the browser: where to send reports, what to connect
   to beforehand, where to go next. */
const HEADERS =
  /^(content-(type|length|range|language|disposition)|accept-ranges|date|last-modified|location|memento-datetime|x-archive-.*)$/;

/* No policy stops WebRTC; where it is known, Connection-Allowlist does, and ends the page that tries. So that a page
   which only asks whether it is there goes on, the first script of every archived page takes it away. */
const NO_WEBRTC = "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) delete self[name];\n";

/* The same script also runs as a helper of the player, which has no pages to answer. */
if ("FetchEvent" in self) {
  const respondWith = FetchEvent.prototype.respondWith;

  FetchEvent.prototype.respondWith = function (answer) {
    const first = this.request.url === `${self.location.origin}/static/wombat.js`;
    return respondWith.call(this, Promise.resolve(answer).then((given) => confined(given, first ? NO_WEBRTC : "")));
  };

  const confined = async (answer, before) => {
    if (answer.type === "error" || answer.type === "opaqueredirect") return answer;
    const headers = new Headers([...answer.headers].filter(([name]) => HEADERS.test(name)));
    headers.set("Content-Security-Policy", POLICY);
    headers.set("Connection-Allowlist", "(response-origin);redirects=allow");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("X-DNS-Prefetch-Control", "off");
    const body = before ? before + (await answer.text()) : answer.body;
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers });
  };

  /* Before ReplayWeb.page hears of it: our own files come from the server, nothing comes from elsewhere, and nothing
     archived is shown at the top of a window, where no frame holds it. */
  self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (url.origin !== self.location.origin || event.request.destination === "document") {
      event.stopImmediatePropagation();
      event.respondWith(new Response(null, { status: 403 }));
    } else if (url.pathname.startsWith("/-/") || url.pathname === "/sw.js") {
      event.stopImmediatePropagation();
    }
  });
}

importScripts("/-/sw.js");
