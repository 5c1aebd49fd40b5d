"""A PDF that tries to get out by everything a document can ask a viewer to do; and a few that only want to hurt it."""

PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R{}>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def reaching_out(canary: str) -> bytes:
    """`canary`: host and port of a server that hears who asks."""
    to = f"http://{canary}"
    script = f"<</S/JavaScript/JS(fetch('{to}/js'); app.launchURL('{to}/launch'); this.submitForm('{to}/js-form'))>>"
    link = f"<</Type/Annot/Subtype/Link/Rect[0 0 600 800]/A<</S/URI/URI({to}/link)>>>>"
    button = (
        "<</Type/Annot/Subtype/Widget/FT/Btn/Ff 65536/T(b)/Rect[0 400 600 800]"
        f"/A<</S/SubmitForm/F<</FS/URL/F({to}/form)>>>>/AA<</PO {script}/PV<</S/URI/URI({to}/seen)>>>>>>"
    )
    picture = f"<</Type/XObject/Subtype/Image/Width 1/Height 1/F<</FS/URL/F({to}/image)>>/Length 0>>stream\n\nendstream"
    return _written(
        f"<</Type/Catalog/Pages 2 0 R/OpenAction {script}/AcroForm<</Fields[7 0 R]>>"
        f"/Names<</JavaScript<</Names[(a) {script}]>>>>/AA<</WC {script}>>>>",
        PAGES,
        PAGE.format("/Annots[6 0 R 7 0 R]").replace("/Font", "/XObject<</X 8 0 R>>/Font"),
        _stream("/X Do BT /F 24 Tf 50 700 Td (See http://" + canary + "/text for more) Tj ET"),
        FONT,
        link,
        button,
        picture,
    )


def many(pages: int) -> bytes:
    """Each says which it is."""
    kids = range(6, 6 + 2 * pages, 2)
    tree = f"<</Type/Pages/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]/Count {pages}>>"
    leaves = []
    for number, kid in enumerate(kids, 1):
        leaves.append(PAGE.format("").replace("4 0 R", f"{kid + 1} 0 R"))
        leaves.append(_stream(f"BT /F 24 Tf 50 700 Td (This is page {number}.) Tj ET 50 50 200 200 re f"))
    return _written("<</Type/Catalog/Pages 2 0 R>>", tree, "null", "null", FONT, *leaves)


def huge() -> bytes:
    """A page of 200 kilometres, which a viewer that believes it draws until there is no memory."""
    page = PAGE.format("").replace("600 800", "600000000 800000000")
    return _written("<</Type/Catalog/Pages 2 0 R>>", PAGES, page, _stream("0 0 900 900 re f"), FONT)


def countless() -> bytes:
    """Says that it has two thousand million pages."""
    tree = PAGES.replace("/Count 1", "/Count 2000000000")
    return _written("<</Type/Catalog/Pages 2 0 R>>", tree, PAGE.format(""), _stream("0 0 9 9 re f"), FONT)


def locked() -> bytes:
    """Encrypted with a password that nobody has."""
    plain = _written("<</Type/Catalog/Pages 2 0 R>>", PAGES, PAGE.format(""), _stream("0 0 9 9 re f"), FONT)
    key = "11" * 32
    said = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{key}>/U<{key}>>>/ID[<{key}><{key}>]"
    return plain.replace(b"/Root", said.encode() + b"/Root")


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"


def _written(*objects: str) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return bytes(out) + f"{end}startxref\n{len(out)}\n%%EOF".encode()
