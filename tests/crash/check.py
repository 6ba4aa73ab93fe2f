"""Compares what the tracker has with what was accepted.

A text is a row of marked words, `NAMEw0`, `NAMEw1`, ... (plan.hpp). All words of an issue, from its
body through its comments, are compared with those that are due, so each comment and each part of a
text that was too long for one page has to be there, whole, once, and in its place.
"""
import collections
import dataclasses
import re

WORD = re.compile(r"\b([tc]\d+[a-z0-9]*)w(\d+)\b")
TITLE = re.compile(r"Incident (\d+)\b")
KEY = re.compile(r"<!-- argus-ticket:v1 key=([0-9a-f-]+)")


@dataclasses.dataclass
class Due:
    """What is due for an incident."""
    accepted: bool = False
    text: str = ""
    words: int = 0
    state: str = "open"
    # In order: name, words, and whether it was accepted. What a kill may have cut off before it was
    # accepted may be there or not.
    comments: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Report:
    incidents: int = 0
    tickets: int = 0
    lost: int = 0  # incidents without a ticket, or without all of its text
    duplicated: int = 0  # tickets beyond the first of an incident
    comments: int = 0
    comments_lost: int = 0
    comments_duplicated: int = 0
    wrong: int = 0  # a wrong order, text or state, or an issue or comment that nobody asked for
    problems: list = dataclasses.field(default_factory=list)

    def add(self, what, count, problem):
        setattr(self, what, getattr(self, what) + count)
        self.problems.append(f"{what}: {problem}")


def read_journal(path):
    """What is due, by the incidents' numbers. See journal.hpp."""
    due = collections.defaultdict(Due)
    begun = {}
    for line in open(path, encoding="ascii"):
        lane, number, attempt, what, *rest = line.split()
        operation = (lane, number, attempt)
        if what == "begin":
            items = [item.split(":") for item in rest[1].split(",")]
            begun[operation] = (rest[0], [(int(pk), name, int(words)) for pk, name, words in items])
            if rest[0] == "comment":
                for pk, name, words in begun[operation][1]:
                    due[pk].comments.append([name, words, False])
            continue
        kind, items = begun[operation]
        for pk, name, words in items:
            one = due[pk]
            if kind == "open":
                one.accepted = True
            if kind in ("open", "update"):
                one.text, one.words = name, words
            elif kind == "comment":
                assert one.comments[-1][0] == name, line
                one.comments[-1][2] = True
            elif kind == "close":
                one.state = "closed"
            elif kind == "reopen":
                one.state = "open"
    return due


def check_issue(issue, due, report):
    about = f"issue {issue['number']} ({issue['title'][:24]})"
    words = [(m[1], int(m[2])) for text in [issue["body"] or "", *issue["comments"]]
             for m in WORD.finditer(text)]
    count = collections.Counter(words)
    expected = []

    def judge(name, number, lost, duplicated):
        these = [(name, i) for i in range(number)]
        missing = sum(1 for word in these if count[word] == 0)
        if missing:
            report.add(lost, 1, f"{about}: {missing} of {number} words of {name}")
        if any(count[word] > 1 for word in these):
            report.add(duplicated, 1, f"{about}: words of {name} are there more than once")
        expected.extend(these)

    judge(due.text, due.words, "lost", "comments_duplicated")
    for name, number, accepted in due.comments:
        if accepted or any(count[(name, i)] for i in range(number)):
            report.comments += 1
            judge(name, number, "comments_lost", "comments_duplicated")
    if words != expected and collections.Counter(expected) == count:
        report.add("wrong", 1, f"{about}: the comments are in a wrong order")
    for name in {name for name, _ in count.keys() - set(expected)}:
        report.add("wrong", 1, f"{about}: the text {name} was not to be there")
    for text in issue["comments"]:
        if not WORD.search(text):
            report.add("wrong", 1, f"{about}: a comment that nobody asked for: {text[:80]!r}")
    if issue["state"] != due.state:
        report.add("wrong", 1, f"{about} is {issue['state']}")


def compare(due, issues):
    report = Report(incidents=sum(1 for one in due.values() if one.accepted))
    tickets = collections.Counter()
    keys = collections.Counter()
    for issue in issues:
        report.tickets += 1
        title = TITLE.match(issue["title"])
        key = KEY.search(issue["body"] or "")
        pk = int(title[1]) if title else None
        if pk not in due or not due[pk].accepted or key is None:
            report.add("wrong", 1, f"issue {issue['number']} is of no incident that was accepted")
            continue
        tickets[pk] += 1
        keys[key[1]] += 1
        if tickets[pk] > 1 or keys[key[1]] > 1:
            report.add("duplicated", 1, f"issue {issue['number']} of incident {pk}")
        else:  # the first one is the incident's ticket
            check_issue(issue, due[pk], report)
    for pk, one in due.items():
        if one.accepted and tickets[pk] == 0:
            report.add("lost", 1, f"incident {pk} has no ticket")
            for name, _, accepted in one.comments:
                if accepted:
                    report.add("comments_lost", 1, f"{name} of incident {pk}")
    return report


def judge_the_judge(due, issues):
    """Breaks what the tracker has, and sees whether that is noticed: how often it was, and what was
    not. Nothing is broken that no run of this length has."""
    # Enough to have one of each kind.
    issues = [issue for issue in issues if TITLE.match(issue["title"])][:200]
    few = {pk: due[pk] for issue in issues
           for pk in [int(TITLE.match(issue["title"])[1])] if pk in due}
    before = compare(few, issues)

    def sure_comments(issue):
        one = few.get(int(TITLE.match(issue["title"])[1]))
        sure = one and one.comments and all(accepted for _, _, accepted in one.comments)
        return len(issue["comments"]) if sure else 0

    def goes_on(issue):  # in a comment
        found = issue["comments"] and WORD.search(issue["comments"][0])
        return found and found[1].startswith("t")

    def with_comments(change):
        return lambda issue: [{**issue, "comments": change(issue["comments"])}]

    def cut(issue):
        body = issue["body"]
        last = [m.start() for m in WORD.finditer(body)][-1]
        return [{**issue, "body": body[:last] + KEY.search(body)[0]}]

    def with_other_state(issue):
        return [{**issue, "state": "open" if issue["state"] == "closed" else "closed"}]

    def anyone(_):
        return True

    # What counts it, which issue can have it, and the issues in its place.
    mistakes = {
        "a lost ticket": ("lost", anyone, lambda issue: []),
        "a second ticket": ("duplicated", anyone, lambda issue: [issue, issue]),
        "a lost text": ("lost", anyone, cut),
        "a lost part": ("lost", goes_on, with_comments(lambda c: c[1:])),
        "a part that came twice": ("comments_duplicated", goes_on,
                                   with_comments(lambda c: c[:1] + c)),
        "a lost comment": ("comments_lost", sure_comments, with_comments(lambda c: c[:-1])),
        "a comment that came twice": ("comments_duplicated", sure_comments,
                                      with_comments(lambda c: c + c[-1:])),
        "a wrong order": ("wrong", lambda issue: sure_comments(issue) > 1,
                          with_comments(lambda c: c[::-1])),
        "a comment of somebody else": ("wrong", anyone,
                                       with_comments(lambda c: c + ["This is a duplicate."])),
        "a wrong state": ("wrong", anyone, with_other_state),
    }
    noticed, missed = 0, []
    for name, (counter, fits, broken) in mistakes.items():
        for at, issue in enumerate(issues):
            if fits(issue):
                after = compare(few, issues[:at] + broken(issue) + issues[at + 1:])
                if getattr(after, counter) > getattr(before, counter):
                    noticed += 1
                else:
                    missed.append(name)
                break
    return noticed, missed
