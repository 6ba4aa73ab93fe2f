"""The public names of a library and what is written about them, read from Doxygen's XML."""
import dataclasses
import pathlib
import re
import xml.etree.ElementTree as ElementTree

CLASS_KINDS = {"class", "struct", "union"}


@dataclasses.dataclass
class Name:
    kind: str  # class, concept, function, variable, enum, enumvalue, typedef, namespace
    name: str  # qualified
    where: str  # file:line
    owner: str  # the class or namespace that it is in
    type: str = ""
    arguments: str = ""  # from "(" on, with what follows the parameters
    parameters: list = dataclasses.field(default_factory=list)  # (type, name)
    template_parameters: list = dataclasses.field(default_factory=list)  # without a default
    is_const: bool = False
    is_static: bool = False
    brief: str = ""
    text: str = ""  # the whole docstring, the brief included
    sections: dict = dataclasses.field(default_factory=dict)  # heading -> text
    explained: set = dataclasses.field(default_factory=set)  # names with @param or @tparam
    items: set = dataclasses.field(default_factory=set)  # names in bold, and those in code with which list items begin
    has_return: bool = False
    references: list = dataclasses.field(default_factory=list)  # what it refers to
    guarantors: list = dataclasses.field(default_factory=list)  # what it names under Guarantees
    describers: list = dataclasses.field(default_factory=list)  # and there or under Members

    @property
    def short(self):
        return self.name.rsplit("::", 1)[-1]


def text_of(element):
    return "" if element is None else re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def is_internal(name):
    return bool({"detail", "impl"} & set(name.split("::"))) or "@" in name


class Model:
    """All public names by their ids; overloads have ids of their own."""

    def __init__(self, folder):
        self.names = {}
        self.scopes = {}  # qualified name of a class, enum or namespace -> Name
        for file in sorted(pathlib.Path(folder).glob("*.xml")):
            for compound in ElementTree.parse(file).getroot().iter("compounddef"):
                self._read_compound(compound)
        for one in self.names.values():
            one.references = [self.names[i] for i in one.references if i in self.names]
            one.guarantors = [self.names[i] for i in one.guarantors if i in self.names]
            one.describers = [self.names[i] for i in one.describers if i in self.names]

    def __iter__(self):
        return iter(sorted(self.names.values(), key=lambda one: one.where))

    def members(self, owner):
        return [one for one in self.names.values() if one.owner == owner.name]

    def scope_of(self, one):
        return self.scopes.get(one.owner)

    def _read_compound(self, compound):
        kind, name = compound.get("kind"), text_of(compound.find("compoundname"))
        if is_internal(name) or compound.get("prot", "public") != "public" or name == "std":
            return
        if kind in CLASS_KINDS | {"concept", "namespace", "page"}:
            one = self._add(compound, "class" if kind in CLASS_KINDS else kind, name)
            if kind in CLASS_KINDS | {"namespace"}:
                self.scopes[name] = one
        if kind in CLASS_KINDS | {"namespace", "group"}:
            for member in compound.iter("memberdef"):
                self._read_member(member, name)

    def _read_member(self, member, owner):
        kind = member.get("kind")
        if member.get("prot") != "public" or kind not in {"function", "variable", "enum", "typedef"}:
            return
        name = text_of(member.find("qualifiedname")) or f"{owner}::{text_of(member.find('name'))}"
        if is_internal(name):
            return
        one = self._add(member, kind, name)
        one.type = text_of(member.find("type"))
        one.arguments = text_of(member.find("argsstring"))
        one.is_const = member.get("const") == "yes"
        one.is_static = member.get("static") == "yes"
        one.parameters = [(text_of(p.find("type")), text_of(p.find("declname")))
                          for p in member.findall("param")]
        if kind == "enum":
            self.scopes[name] = one
        for value in member.findall("enumvalue"):
            self._add(value, "enumvalue", f"{name}::{text_of(value.find('name'))}", one.where)

    def _add(self, element, kind, name, where=""):
        location = element.find("location")
        if location is not None:
            where = f"{location.get('file')}:{location.get('line')}"
        one = Name(kind, name, where, name.rpartition("::")[0])
        one.template_parameters = [template_parameter(p)
                                   for p in element.findall("templateparamlist/param")
                                   if kind != "function" or p.find("defval") is None]
        one.brief = text_of(element.find("briefdescription"))
        for part in ("briefdescription", "detaileddescription"):
            read_docstring(element.find(part), one)
        self.names[element.get("id")] = one
        return one


def template_parameter(element):
    """Its name, which Doxygen sometimes leaves behind its type."""
    return (text_of(element.find("declname")) or
            re.sub(r"^.*[ .]", "", text_of(element.find("type"))))


def read_docstring(part, into):
    if part is None:
        return
    into.text = f"{into.text} {text_of(part)}".strip()
    into.references += [ref.get("refid") for ref in part.iter("ref")]
    into.explained |= {text_of(name) for name in part.iter("parametername")}
    for section in part.iter("simplesect"):
        if section.get("kind") == "return":
            into.has_return = True
        elif section.get("kind") == "par":
            title = text_of(section.find("title"))
            into.sections[title] = " ".join(text_of(p) for p in section.findall("para"))
            referred = [ref.get("refid") for ref in section.iter("ref")]
            into.guarantors += referred if title == "Guarantees" else []
            into.describers += referred if title in {"Guarantees", "Members"} else []
    for bold in part.iter("bold"):
        into.items |= set(re.findall(r"\w+", text_of(bold)))
    for item in part.iter("listitem"):
        for code in names_at_beginning(item.find("para")):
            into.items |= set(re.findall(r"\w+", text_of(code)))


def names_at_beginning(paragraph):
    """Of "`a`, `b`: what they are", the code."""
    is_first = not (paragraph.text or "").strip()
    for element in paragraph if is_first else []:
        if element.tag != "computeroutput":
            return
        yield element
        if (element.tail or "").strip() != ",":
            return
