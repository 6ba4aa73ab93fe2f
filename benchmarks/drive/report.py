"""What was measured: lines of a name, a value and a unit, then a table of what is bounded."""
import json


class Report:
    def __init__(self):
        self.values = {}
        self.bounds = []
        self.notes = []

    def add(self, name, value, unit):
        self.values[name] = {"value": value, "unit": unit}
        print(f"{name} {value:.6g} {unit}", flush=True)

    def bound(self, what, value, limit, at_least=False):
        """A ratio (or a number) that is to be at most, or at least, so much."""
        fine = value >= limit if at_least else value <= limit
        sign = ">=" if at_least else "<="
        self.bounds.append({"what": what, "value": value, "bound": f"{sign} {limit:g}",
                            "ok": fine})

    def note(self, text):
        self.notes.append(text)
        print(f"# {text}", flush=True)

    def table(self):
        width = max((len(one["what"]) for one in self.bounds), default=0)
        print(f"\n{'figure':{width}}  {'value':>9}  bound")
        for one in self.bounds:
            # "above" is what is outside its bound, on whichever side.
            verdict = "ok" if one["ok"] else "above" if "<" in one["bound"] else "below"
            print(f"{one['what']:{width}}  {one['value']:9.3f}  {one['bound']:>7}  {verdict}")
        for note in self.notes:
            print(f"# {note}")

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"values": self.values, "bounds": self.bounds, "notes": self.notes}, file,
                      indent=1)
