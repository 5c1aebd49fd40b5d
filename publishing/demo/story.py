"""What the demo desk did with its case: every step an act of the person who would take it.

All times are the database's own, so everything happened within the seconds in which the demo was loaded. The record
says so, and one that pretended otherwise would be no example.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from newsroom.actions import cases
from newsroom.models import Case
from publishing.actions import publishing
from publishing.casefile.importing import import_case
from publishing.demo.people import Cast
from publishing.queries.leaving import of_claim
from sources.actions import assessments, captures
from sources.models import Source
from verification.actions import assignments, claims, comments, evidence, reviews, verdicts
from verification.actions.chain import Step
from verification.ground import ground_of
from verification.models import Assignment, Claim


class Story:
    """The case in `document`, and what came of it."""

    def __init__(self, cast: Cast, document: dict[str, Any]) -> None:
        self.cast = cast
        self.document = document

    def tell(self) -> Case:
        """Chadi opens the case and Amal fills it, so that everybody but her may judge what is in it."""
        opened = {key: self.document[key] for key in ("format", "case")}
        import_case(actor=self.cast.chadi, document=opened)
        self.case, _written = import_case(actor=self.cast.amal, document=self.document)
        self._grade()
        self._archive()
        self._correct()
        self._dispute_the_killing()
        self._confirm_the_refusal()
        self._publish_the_refusal()
        self._send_back_the_count()
        self._talk()
        self._give_out_work()
        return self.case

    def _grade(self) -> None:
        """Who is reliable in what, and why."""
        grades = [
            ("MEE", "", "B", "صحيفة لها محررون وتصحيحات منشورة، ولا تسمي مصادرها في هذا التحقيق."),
            ("S11", "", "B", "يذكر في كل موضع من قال ما قال، ولا يذكر دائما كيف عرف."),
            ("S12", "الترجمة", "F", "لا يُعرف من نقله ولا أين نُشر، ولم نقابله بأصله بعد."),
            ("S5", "شؤون الحرس الثوري", "D", "وكالة قريبة من الحرس، فهي في شؤونه طرف."),
            ("S6", "الحرب السورية", "B", "باحث معروف ينشر باسمه ويبين من أين ينقل."),
        ]
        for key, topic, reliability, reason in grades:
            assessments.assess(
                actor=self.cast.amal,
                source_id=self._source(key).pk,
                topic=topic,
                reliability=reliability,
                reason=reason,
            )

    def _archive(self) -> None:
        """Asked for now, and made by a worker as soon as one runs."""
        for key in ("S12", "S11", "S4", "press"):
            captures.request(actor=self.cast.amal, source_id=self._source(key).pk)

    def _correct(self) -> None:
        """A statement that said too much, and an account that was given to the wrong man."""
        claim = self._claim("9")
        claims.edit(
            actor=self.cast.amal,
            claim_id=claim.pk,
            version=claim.version,
            statement="طلب سهيل الحسن من القوات المنسحبة من حلب أن تدع القتال وترجع نحو دمشق.",
            language=claim.language,
            translations={
                "en": "Suhail al-Hassan told the forces withdrawing from Aleppo to stop fighting and fall back "
                "towards Damascus."
            },
            claimant_id=claim.claimant_id,
            happened=claim.happened,
            place=claim.place,
            risk=claim.risk,
            reason="الكلام عن القوات التي خرجت من حلب، لا عن كل قوة منسحبة.",
        )
        mistaken = evidence.add(
            actor=self.cast.amal,
            claim_id=self._claim("10").pk,
            stance="SUPPORTS",
            source=self._source("S12").pk,
            hops=[Step(self._source("S11").pk, "TRANSLATES"), Step(self._source("S1").pk, "QUOTES")],
            attribution="BACKGROUND",
        )
        evidence.withdraw(
            actor=self.cast.amal,
            evidence_id=mistaken.pk,
            reason="النص ينسب هذا إلى مصادر في القوات الموالية، لا إلى القائد السوري.",
        )

    def _dispute_the_killing(self) -> None:
        """Claim 2: one line for it, one against, and both through the same article."""
        check = self._assign("2", "amal", "CHECK")
        assignments.accept(actor=self.cast.amal, assignment_id=check.pk)
        assignments.finish_check(actor=self.cast.amal, assignment_id=check.pk)
        for name, confidence, rationale in (
            (
                "basim",
                "MODERATE",
                "شاهد واحد كان في القاعة، واثنان وافقاه ولا نعلم كيف علما، والثلاثة بلغونا من باب واحد. "
                "وفي المقابل بيان رسمي يروي موتا آخر. لا يصح أن نجزم.",
            ),
            (
                "lina",
                "HIGH",
                "Three accounts, but they all come through one article, and we hold its translation only. "
                "The statement that contradicts them reached us the same way. Disputed is what we can stand behind.",
            ),
        ):
            self._review("2", name, "DISPUTED", confidence, rationale)
        self._rule(
            "2",
            "DISPUTED",
            "تقول الرواية الأولى إن ضابطا سوريا قتله، ويعزو البيان الرسمي موته إلى هجوم. شاهد الأولى واحد لا اسم له، "
            "وصاحب الثانية طرف في الأمر، وكلتاهما مرت بالتحقيق نفسه. نذكرهما معا ولا نرجح.",
        )

    def _confirm_the_refusal(self) -> None:
        """Claim 15: somebody said it himself, but it reached the desk by the one article; so against the policy."""
        self._review(
            "15",
            "basim",
            "CONFIRMED",
            "MODERATE",
            "قائدان بلا اسم، وثالث يتكلم باسمه وصوته. قول الثالث يغني عن سؤال الأولين من أين علما.",
        )
        self._rule(
            "15",
            "CONFIRMED",
            "زعيم واحد من كبرى هذه الفصائل قال على التلفزيون إنهم لم يروا داعيا إلى دخول المعركة. "
            "هو أعلم بما قرره فصيله، وقوله يوافق قول القائدين.",
            "السياسة تطلب خطين مستقلين، وما لدينا خط واحد لأن المقابلة بلغتنا عبر التحقيق. "
            "صاحب القول معروف وقوله معلن، فنثبته الآن ونحفظ المقابلة نفسها حين نجدها.",
        )

    def _publish_the_refusal(self) -> None:
        """And a day later, so to speak, the address at which it appeared was found to be that of another text."""
        self._publish("15", "نُشر في النشرة اليومية.", "https://desk.example/daily/refusal")
        self._publish(
            "15",
            "العنوان الذي ذكرناه مع الإصدار الأول عنوان نص آخر. الحكم على حاله.",
            "https://desk.example/daily/why-they-stayed",
        )

    def _send_back_the_count(self) -> None:
        """Claim 19: the article contradicts itself, and the reviewer wants to know why before anything is ruled."""
        review = self._assign("19", "lina", "REVIEW")
        reviews.send_back(
            actor=self.cast.lina,
            assignment_id=review.pk,
            ground=ground_of(self._claim("19")),
            rationale="The same text says that the Iraqis left Hmeimim later. Are these the same men?",
        )

    def _talk(self) -> None:
        said = [
            ("2", "amal", "طلبت حفظ صفحة البيان. حين تُحفظ نجعلها سلسلة بنفسها، فيصير للمعارض خط لا يمر بالتحقيق."),
            ("11", "amal", f"@{self.cast.basim.name} التحقيق يقول الرابع، والصحف في حينه تقول الخامس. أيهما نعتمد؟"),
            ("11", "basim", "الخامس هو الشائع. ننتظر الأصل الإنجليزي، فلعله خطأ في النقل."),
            ("20", "basim", "17 في 40 إلى 50: بين 680 و850 رجلا. الرقم معقول، ولا يُعرف من عد ومتى."),
            ("7", "chadi", "سلسلة من رجلين بعد التحقيق، أولهما معروف. من يسأل التميمي كيف علم مصدره؟"),
        ]  # fmt: skip
        for key, name, text in said:
            comments.comment(actor=getattr(self.cast, name), claim_id=self._claim(key).pk, text=text)

    def _give_out_work(self) -> None:
        """One thing waits for each who can be given one; Omar, an observer, only reads."""
        declined = self._assign("20", "dana", "CHECK")
        assignments.decline(
            actor=self.cast.dana, assignment_id=declined.pk, reason="I have nobody at the border. Ask somebody who has."
        )
        for key, name, duty in (
            ("7", "amal", "CHECK"),
            ("5", "basim", "REVIEW"),
            ("14", "lina", "REVIEW"),
            ("11", "dana", "CHECK"),
            ("16", "hana", "REVIEW"),
        ):
            self._assign(key, name, duty)
        assignments.assign(
            actor=self.cast.hana,
            claim_id=self._claim("12").pk,
            person_id=self.cast.chadi.pk,
            duty="CHECK",
            due_at=timezone.now() + timedelta(days=2),
        )

    def _assign(self, key: str, name: str, duty: str) -> Assignment:
        return assignments.assign(
            actor=self.cast.chadi,
            claim_id=self._claim(key).pk,
            person_id=getattr(self.cast, name).pk,
            duty=duty,
            due_at=timezone.now() + timedelta(days=3),
        )

    def _review(self, key: str, name: str, recommended: str, confidence: str, rationale: str) -> None:
        reviews.submit(
            actor=getattr(self.cast, name),
            assignment_id=self._assign(key, name, "REVIEW").pk,
            ground=ground_of(self._claim(key)),
            rationale=rationale,
            recommended=recommended,
            confidence=confidence,
        )

    def _rule(self, key: str, verdict: str, rationale: str, override_reason: str = "") -> None:
        claim = self._claim(key)
        verdicts.rule(
            actor=self.cast.chadi,
            claim_id=claim.pk,
            ground=ground_of(claim),
            verdict=verdict,
            rationale=rationale,
            override_reason=override_reason,
        )

    def _publish(self, key: str, note: str, address: str) -> None:
        claim = self._claim(key)
        leaving = of_claim(claim, claim.verdicts.current().get())
        publishing.publish_claim(
            actor=self.cast.chadi,
            claim_id=claim.pk,
            seen=leaving.digest,
            number=leaving.number,
            note=note,
            address=address,
        )

    def _claim(self, key: str) -> Claim:
        return self.case.claims.get(key=key)

    def _source(self, key: str) -> Source:
        return self.case.sources.get(key=key)


def tell_the_restricted_one(cast: Cast) -> Case:
    """A case that exists for Chadi, Amal and Basim only. Sign in as Dana, and it does not."""
    case = cases.create(
        actor=cast.chadi,
        slug="who-was-in-the-room",
        title="من كان في القاعة",
        language="ar",
        preset="HIGH_RISK",
        restricted=True,
    )
    for person in (cast.amal, cast.basim):
        cases.add_member(actor=cast.chadi, case_id=case.pk, user_id=person.pk, role=person.role)
    claims.create(
        actor=cast.amal,
        case_id=case.pk,
        statement="القائد الذي حدث الصحيفة كان في حلب ليلة الاجتماع.",
        language="ar",
        translations={"en": "The commander who spoke to the paper was in Aleppo on the night of the meeting."},
        happened="2024-11-27/2024-11-28",
        risk="HIGH",
    )
    return case
