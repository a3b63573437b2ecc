package discovery_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/gsheets/sheetstest/discovery"
)

func decode(t *testing.T, text string) discovery.Object {
	t.Helper()
	var o discovery.Object
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatal(err)
	}
	return o
}

func parse(t *testing.T, text string) discovery.Mask {
	t.Helper()
	m, err := discovery.ParseMask(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMaskSelects(t *testing.T) {
	const value = `{"a":{"b":1,"c":[{"d":1,"e":2},{"e":3}]},"f":false}`
	for _, c := range []struct{ mask, want string }{
		{"*", value},
		{"f", `{"f":false}`},
		{"a.c.d", `{"a":{"c":[{"d":1},{}]}}`},
		{"a/c/d", `{"a":{"c":[{"d":1},{}]}}`},
		{"a(b,c/e)", `{"a":{"b":1,"c":[{"e":2},{"e":3}]}}`},
		{"a.b, f", `{"a":{"b":1},"f":false}`},
		{"a.b,a.c.d", `{"a":{"b":1,"c":[{"d":1},{}]}}`},
		{"a.b,a", `{"a":{"b":1,"c":[{"d":1,"e":2},{"e":3}]}}`},
		{"a.*", `{"a":{"b":1,"c":[{"d":1,"e":2},{"e":3}]}}`},
		{"a.c(*)", `{"a":{"c":[{"d":1,"e":2},{"e":3}]}}`},
		{"a.*.d", `{"a":{"b":1,"c":[{"d":1},{}]}}`},
	} {
		got := parse(t, c.mask).Select(decode(t, value))
		if diff := cmp.Diff(decode(t, c.want), got); diff != "" {
			t.Errorf("%s selects (-want +got):\n%s", c.mask, diff)
		}
	}
}

func TestMaskUpdates(t *testing.T) {
	const old = `{"a":{"b":1,"c":2},"l":[1,2],"s":"x"}`
	for _, c := range []struct{ mask, body, want string }{
		{"*", `{"s":"y"}`, `{"s":"y"}`},
		{"s", `{"s":"y","a":{}}`, `{"a":{"b":1,"c":2},"l":[1,2],"s":"y"}`},
		{"s", `{}`, `{"a":{"b":1,"c":2},"l":[1,2]}`},
		{"a.b", `{"a":{"b":3,"c":4}}`, `{"a":{"b":3,"c":2},"l":[1,2],"s":"x"}`},
		{"a.b", `{}`, `{"a":{"c":2},"l":[1,2],"s":"x"}`},
		{"a(b,c)", `{}`, `{"l":[1,2],"s":"x"}`},
		{"a", `{"a":{}}`, `{"a":{},"l":[1,2],"s":"x"}`},
		{"n.m", `{"n":{"m":1}}`, `{"a":{"b":1,"c":2},"l":[1,2],"n":{"m":1},"s":"x"}`},
		{"n.m", `{}`, `{"a":{"b":1,"c":2},"l":[1,2],"s":"x"}`},
		{"l", `{"l":[3]}`, `{"a":{"b":1,"c":2},"l":[3],"s":"x"}`},
		{"a.*", `{"a":{"c":5}}`, `{"a":{"c":5},"l":[1,2],"s":"x"}`},
	} {
		before := decode(t, old)
		got := parse(t, c.mask).Update(before, decode(t, c.body))
		if diff := cmp.Diff(decode(t, c.want), got); diff != "" {
			t.Errorf("%s with %s (-want +got):\n%s", c.mask, c.body, diff)
		}
		if diff := cmp.Diff(decode(t, old), before); diff != "" {
			t.Errorf("%s with %s changed what was there (-want +got):\n%s", c.mask, c.body, diff)
		}
	}
}

func TestMaskThatIsNone(t *testing.T) {
	for _, text := range []string{"a(", "a(b", "a)", ",", "a,", "a..b", "a b", "(a)"} {
		if m, err := discovery.ParseMask(text); err == nil {
			t.Errorf("ParseMask(%q): got %v, want an error", text, m)
		}
	}
}

func TestMaskHas(t *testing.T) {
	m := parse(t, "a(b,c.d),e")
	for _, c := range []struct {
		path []string
		want bool
	}{
		{[]string{"a"}, true},
		{[]string{"a", "c", "x"}, false},
		{[]string{"e", "x", "y"}, true},
		{[]string{"f"}, false},
		{nil, true},
	} {
		if got := m.Has(c.path...); got != c.want {
			t.Errorf("Has(%v): got %v, want %v", c.path, got, c.want)
		}
	}
}
