"""What the docstring of every public name must say. Each rule yields what a name lacks."""
import re

GUARANTEES = ("Errors", "Exception safety", "Thread safety", "Object lifetimes")

# What functions of these names take and give is known to everybody.
CONVENTIONAL = {"to_string", "begin", "end", "size", "empty", "operator<<"}
# How a brief begins that names the value which a function gives.
NAMES_A_VALUE = re.compile(
    r"(The|This|A|An|All|Each|Every\w*|Both|Whether|What|How|Which|When|Where|Who|Those|As|One|No|"
    r"Nothing|Labels)\b")
SAYS_WHAT_COMES = re.compile(r"\b(returns?|returned|gives|says)\b", re.IGNORECASE)
UNITS = re.compile(
    r"\b(bytes|code points|characters|entries|requests|attempts|times|threads|connections|redirects|"
    r"comments|tickets|steps|creates|calls|operations|deliveries|submissions|seconds|milliseconds|"
    r"microseconds|levels?|status|(how many|number of|which of) `?\w+)\b", re.IGNORECASE)
COUNT = re.compile(r"((std::)?(size_t|ptrdiff_t|u?int\d+_t)|unsigned|int|long|double)")
TIME = re.compile(r"time_point|duration|instant|_time\b")
SOURCE = re.compile(r"https://\S+|RFC \d+")
# What is in somebody's format, beside plugins and dialects.
WIRE_FORMATS = {
    "argus_ticket::parse_incident", "argus_ticket::parse_timestamp", "argus_ticket::key_of",
    "argus_ticket::parse_raw_settings", "argus_ticket::outbox_payload", "argus_ticket::sqlite_store",
    "argus_ticket::http::url", "argus_ticket::http::link_target",
}


def words(text):
    """In lower case, names split at underscores, plurals made singular."""
    found = {w.lower() for w in re.findall(r"[A-Za-z][A-Za-z0-9]*", text.replace("_", " "))}
    return found | {w[:-1] for w in found if w.endswith("s")}


def is_constructor(one):
    return one.kind == "function" and one.short == one.owner.rsplit("::", 1)[-1]


def needs_no_words(one, model):
    """Copies, moves, destructors, what is deleted, and constructors that only set public members."""
    if one.kind != "function":
        return False
    if one.short.startswith("~") or re.search(r"= ?(delete|default)\b", one.arguments):
        return True
    if one.short in {"operator==", "operator=", "operator++", "operator*", "operator->"}:
        return True
    scope = model.scope_of(one)
    is_copy = [re.sub(r"const|&|\s", "", type) for type, _ in one.parameters] == [one.short]
    return is_constructor(one) and (
        is_copy or any(m.kind == "variable" and not m.is_static for m in model.members(scope)))


def is_described_by_scope(one, model):
    """A list has it: in the docstring of its class, of what that names under Members, or around it."""
    scope = model.scope_of(one)
    if scope is not None and any(one.short in other.items for other in scope.describers):
        return True
    while scope is not None:
        if one.short in scope.items:
            return True
        scope = model.scope_of(scope)
    return False


def brief(one, model):
    """Everything has a docstring, its own or a line in a list of its class."""
    if one.kind == "page" or one.brief or needs_no_words(one, model):
        return
    if not is_described_by_scope(one, model):
        yield "has no docstring"


def filler(one, model):
    """A docstring says more than the name."""
    if re.match(r"(Gets|Returns|Sets) (the )?\w+\.?$", one.brief) or (
            one.brief and words(one.brief) <= words(one.short) | {"the", "a", "an", "of"}):
        yield f"says nothing: “{one.brief}”"


def texts_about(one):
    """The docstring, and those that it refers to."""
    return " ".join([one.text, *(r.text for r in one.references)])


def is_obvious(one, model):
    return (one.kind not in {"function", "class", "concept"} or one.short in CONVENTIONAL or
            needs_no_words(one, model) or is_described_by_scope(one, model))


def parameters(one, model):
    """Each has @param or @tparam, or the docstring has its name or its type's as a word."""
    if is_obvious(one, model):
        return
    explained = one.explained.union(*(r.explained for r in one.references))
    said = words(texts_about(one))
    scope = model.scope_of(one)
    around = set(re.findall(r"\w+", scope.text)) | scope.explained if scope is not None else set()
    for type, name in one.parameters:
        own_type = re.sub(r"<.*>|\w+::|\b(const|bool|int|size_t|auto|string|string_view)\b", " ", type)
        if name and name not in explained | around and not (words(name) | words(own_type)) & said:
            yield f"does not explain the parameter `{name}`"
    types = " ".join(type for type, _ in one.parameters)
    is_subject = one.kind == "concept" and len(one.template_parameters) == 1
    for name in one.template_parameters if not is_subject else []:
        is_deduced = re.search(rf"\b{re.escape(name)}\b", types)
        if name not in explained | around and not words(name) & said and not is_deduced:
            yield f"does not explain the template parameter `{name}`"


def returned(one, model):
    """@return, a brief that names the value, or a type of the library that is described itself."""
    if one.kind != "function" or is_obvious(one, model) or is_constructor(one):
        return
    own = one.owner.rsplit("::", 1)[-1]
    if one.type in {"", "void", "result< void >"} or re.match(rf"{own} ?&", one.type):
        return
    if one.is_const and not one.parameters:  # its name says what it gives
        return
    type_words = words(re.sub(r"\b(result|operation|error)\b", "", one.type))
    if NAMES_A_VALUE.match(one.brief) or SAYS_WHAT_COMES.search(one.text) or one.has_return:
        return
    if any(r.has_return for r in one.references) or type_words & words(one.text):
        return
    described = {m.short for m in model if m.kind == "class" and m.brief}
    if not described & set(re.findall(r"\w+", one.type)) - {"error"}:
        yield "does not say what it returns"


def guarantees(one, model):
    """A class with functions says what can go wrong, by itself or by reference."""
    if one.kind != "class" or not has_functions(one, model):
        return
    wanted = list(GUARANTEES)
    if any(m.short.startswith("async_") for m in model.members(one)):
        wanted.append("Cancellation")
    sections = sections_of(one, model)
    missing = [title for title in wanted if not sections.get(title)]
    if missing:
        yield f"lacks: {', '.join(missing)}"


def has_functions(one, model):
    return any(m.kind == "function" and not needs_no_words(m, model) and not is_constructor(m)
               for m in model.members(one))


def sections_of(one, model):
    """Its own, those of what "Guarantees" names, and those of the class or namespace around it."""
    scope = model.scope_of(one)
    found = dict(sections_of(scope, model)) if scope is not None else {}
    for other in one.guarantors:
        found |= other.sections
    return found | one.sections


def errors(one, model):
    """What a result may hold is a list of codes that there are; a class has it for its members."""
    codes = {n.short for n in model if n.kind == "enumvalue" and n.owner.endswith("::errc")}
    section = one.sections.get("Errors")
    if section and one.kind in {"class", "function"}:
        names_codes = set(re.findall(r"\w+", section)) & codes
        if not names_codes and not re.match(r"(none|whatever|those)\b", section, re.IGNORECASE):
            yield "names no code of errc under Errors"
    if one.kind == "function" and re.search(r"\b(result|operation)<", one.type):
        scope = model.scope_of(one)
        inherited = scope is not None and "Errors" in sections_of(scope, model)
        named = set(re.findall(r"\w+", texts_about(one))) & codes
        if not inherited and not named and not section:
            yield "does not say which errors it returns"
    for code in re.findall(r"\berrc::(\w+)", one.text):
        if code not in codes:
            yield f"names an error that there is not: {code}"


def units(one, model):
    """A count says of what; a time says its unit where neither its type nor that one's text does."""
    if one.kind != "variable" or is_described_by_scope(one, model) or UNITS.search(one.text):
        return
    type = re.sub(r"\b(static|constexpr|const|inline)\b|\s", "", one.type)
    alias = {n.short: n.text for n in model if n.kind == "typedef"}
    is_told = any(UNITS.search(alias.get(word, "")) for word in re.findall(r"\w+", type))
    if COUNT.fullmatch(type) or (TIME.search(type) and not is_told):
        yield f"names no unit ({one.type})"


def wire_format(one, model):
    """What reads or writes somebody's format names the document that describes it."""
    members = {m.short for m in model.members(one)} if one.kind == "class" else set()
    is_plugin = one.owner.endswith("::plugins") and "create" in members
    is_dialect = one.owner.endswith("::document") and "render" in members
    if is_plugin or is_dialect or one.name in WIRE_FORMATS:
        if not SOURCE.search(one.sections.get("Wire format", "")):
            yield "names no source (URL or RFC) under Wire format"


RULES = (brief, filler, parameters, returned, guarantees, errors, units, wire_format)
