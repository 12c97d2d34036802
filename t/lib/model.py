#!/usr/bin/env python3
"""A second evaluator of criteria, written from qifu-criteria(7) as plainly as can be.

    model.py answers CRITERIA FIRMS    of each of the criteria and each of the firms: number, code,
                                       yes or unknown; who does not meet them has no line
    model.py solve CRITERIA            of every two of the criteria their relation, by z3

Criteria stand one a line. A firm is a line of JSON: code, and what is known by the names of facts:
numbers, days as YYYY-MM-DD, codes; of a tag false, true or its level. What is not there is unknown.
Knows what the tests use: staff, revenue, founded, tax-grade, region, industry and tags; the day is
2026-03-02.
"""
import datetime
import itertools
import json
import re
import sys

TODAY = datetime.date(2026, 3, 2)
GRADES = ["D", "C", "M", "B", "A"]
LEVELS = ["county", "city", "province", "national"]
UNITS = {"": 1, "千": 1000, "万": 10000, "百万": 10**6, "千万": 10**7, "亿": 10**8}

# ---- the grammar, line by line ----


class Parser:
    def __init__(self, text):
        self.words = re.findall(r"<=|>=|!=|[<>=(),]|[^\s<>=!(),]+", text)

    def next(self):
        return self.words[0] if self.words else None

    def take(self, *wanted):
        if self.next() in wanted:
            return self.words.pop(0)
        return None

    def need(self, *wanted):
        return self.take(*wanted) or sys.exit(f"model: {wanted} is expected before {self.words}")

    def expr(self):
        members = [self.term()]
        while self.take("or"):
            members.append(self.term())
        return ("or", members) if len(members) > 1 else members[0]

    def term(self):
        members = [self.factor()]
        while self.take("and"):
            members.append(self.factor())
        return ("and", members) if len(members) > 1 else members[0]

    def factor(self):
        if self.take("not"):
            return ("not", self.factor())
        if self.take("("):
            inside = self.expr()
            self.need(")")
            return inside
        if self.take("at"):
            return self.at_least()
        return self.condition()

    def at_least(self):
        self.need("least")
        needed = int(self.words.pop(0))
        self.need("of")
        self.need("(")
        members = [self.expr()]
        while self.take(","):
            members.append(self.expr())
        self.need(")")
        return ("at least", needed, members)

    def condition(self):
        fact = self.words.pop(0)
        if fact == "tag":
            name = self.words.pop(0)
            if self.take("level"):
                return ("tag", name, self.words.pop(0), LEVELS.index(self.words.pop(0)) + 1)
            return ("tag", name, ">=", 1)
        negated = self.take("not")
        sign = self.words.pop(0)
        if sign == "in":
            inside = ("in", fact, self.values(fact))
            return ("not", inside) if negated else inside
        if sign == "between":
            low = value(fact, self.words.pop(0))
            self.need("and")
            return ("and", [("is", fact, ">=", low), ("is", fact, "<=", value(fact, self.words.pop(0)))])
        if sign == "within":
            first = years_before(int(self.words.pop(0)))
            self.need("years")
            return ("and", [("is", fact, ">=", first), ("is", fact, "<=", TODAY)])
        if sign in ("=", "!=") and fact in ("region", "industry"):
            inside = ("in", fact, [value(fact, self.words.pop(0))])
            return ("not", inside) if sign == "!=" else inside
        sign = {"before": "<", "until": "<=", "since": ">=", "after": ">"}.get(sign, sign)
        return ("is", fact, sign, value(fact, self.words.pop(0)))

    def values(self, fact):
        if not self.take("("):
            return [value(fact, self.words.pop(0))]
        found = [value(fact, self.words.pop(0))]
        while self.take(","):
            found.append(value(fact, self.words.pop(0)))
        self.need(")")
        return found


def years_before(years):
    return TODAY.replace(year=TODAY.year - years)


def value(fact, word):
    if fact == "tax-grade":
        return GRADES.index(word)
    if fact == "founded":
        return datetime.date.fromisoformat(word)
    if fact in ("region", "industry"):
        return word
    number, unit = re.fullmatch(r"([0-9]+)(.*)", word).groups()
    return int(number) * UNITS[unit]


def parse(text):
    parser = Parser(text)
    tree = parser.expr()
    return tree if not parser.words else sys.exit(f"model: {parser.words} is left of {text}")


# ---- yes, no and unknown: 1, 0 and None ----


def compare(have, sign, want):
    return {"=": have == want, "!=": have != want, "<": have < want, "<=": have <= want,
            ">": have > want, ">=": have >= want}[sign]


def level_answer(have, sign, level):
    """A tag that is held at no known level meets what every level meets."""
    if have is None:
        return None
    if have is False:
        return 0
    levels = [LEVELS.index(have) + 1] if have is not True else [1, 2, 3, 4]
    met = [compare(one, sign, level) for one in levels]
    return 1 if all(met) else 0 if not any(met) else None


def answer(tree, firm):
    kind = tree[0]
    if kind == "not":
        inside = answer(tree[1], firm)
        return None if inside is None else 1 - inside
    if kind in ("and", "or", "at least"):
        members = tree[-1]
        needed = {"and": len(members), "or": 1}.get(kind, tree[1])
        answers = [answer(member, firm) for member in members]
        yes, unknown = answers.count(1), answers.count(None)
        return 1 if yes >= needed else None if yes + unknown >= needed else 0
    have = firm.get(tree[1])
    if kind == "tag":
        return level_answer(have, tree[2], tree[3])
    if have is None:
        return None
    if kind == "in":
        if tree[1] in ("region", "industry"):
            return int(any(have.startswith(node) for node in tree[2]))
        return int(have in tree[2])
    return int(compare(have, tree[2], tree[3]))


def read_firm(line):
    firm = json.loads(line)
    if "founded" in firm:
        firm["founded"] = datetime.date.fromisoformat(firm["founded"])
    if "tax-grade" in firm:
        firm["tax-grade"] = GRADES.index(firm["tax-grade"])
    return firm


def print_answers(criteria, firms):
    firms = [read_firm(line) for line in open(firms)]
    for number, line in enumerate(open(criteria), 1):
        tree = parse(line)
        for firm in firms:
            found = answer(tree, firm)
            if found != 0:
                print(number, firm["code"], "yes" if found else "unknown", sep="\t")


# ---- the same as formulas of a solver, for complete enterprises ----

REGION_SPAN = {2: 10000, 4: 100, 6: 1}


class Solver:
    """Facts are integers: a region its code; a tag 0, or the level at which it is held; an industry
    the letter of its section (the tests name no others)."""

    def __init__(self):
        import z3
        self.z3, self.facts, self.limits = z3, {}, []
        self.solver = z3.Solver()

    def fact(self, name):
        if name in self.facts:
            return self.facts[name]
        z3, fact = self.z3, self.z3.Int(name)
        self.facts[name] = fact
        low, high = {"staff": (0, None), "revenue": (0, None), "tax-grade": (0, len(GRADES) - 1),
                     "region": (110000, 829999), "industry": (ord("A"), ord("T")),
                     "founded": (1, 3652059)}.get(name, (0, 4))
        self.limits.append(fact >= low)
        if high is not None:
            self.limits.append(fact <= high)
        return fact

    def formula(self, tree):
        z3, kind = self.z3, tree[0]
        if kind == "not":
            return z3.Not(self.formula(tree[1]))
        if kind in ("and", "or", "at least"):
            members = [self.formula(member) for member in tree[-1]]
            if kind == "at least":
                return z3.Sum([z3.If(member, 1, 0) for member in members]) >= tree[1]
            return z3.And(members) if kind == "and" else z3.Or(members)
        fact = self.fact(tree[1])
        if kind == "tag":
            return z3.And(fact > 0, compare(fact, tree[2], tree[3]))
        if kind == "in":
            return z3.Or([self.node(tree[1], fact, one) for one in tree[2]])
        want = tree[3].toordinal() if tree[1] == "founded" else tree[3]
        return compare(fact, tree[2], want)

    def node(self, name, fact, one):
        if name == "region":
            low = int(one) * REGION_SPAN[len(one)]
            return self.z3.And(fact >= low, fact < low + REGION_SPAN[len(one)])
        return fact == (ord(one) if name == "industry" else one)

    def name(self, name, text):
        """A word of the solver that is true where the criteria are met."""
        word = self.z3.Bool(name)
        formula = self.formula(parse(text))
        self.solver.add(*self.limits, word == formula)
        return word

    def can_be(self, *words):
        return self.solver.check(*words) == self.z3.sat


def relation(solver, a, b):
    no = solver.z3.Not
    first, second = solver.can_be(a, no(b)), solver.can_be(b, no(a))
    if not first and not second:
        return "equivalent"
    if not solver.can_be(a) or not solver.can_be(b):
        return "never"
    if not solver.can_be(no(a)) or not solver.can_be(no(b)):
        return "always"
    if not solver.can_be(a, b):
        return "disjoint"
    return "overlaps" if first and second else "implied" if first else "implies"


def solve(criteria):
    solver = Solver()
    words = [solver.name(f"c{i:04}", line) for i, line in enumerate(open(criteria), 1)]
    for a, b in itertools.combinations(words, 2):
        print(a, b, relation(solver, a, b), sep="\t")


if __name__ == "__main__":
    {"answers": print_answers, "solve": solve}[sys.argv[1]](*sys.argv[2:])
