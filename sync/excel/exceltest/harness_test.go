package exceltest_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"steerco/sync/excel/exceltest"
)

func TestInsertions(t *testing.T) {
	for _, tt := range []struct {
		name, source, patched string
		want                  []exceltest.Insertion
		fault                 string
	}{
		{name: "nothing", source: `<a><b/>x</a>`, patched: `<a><b/>x</a>`},
		{
			name: "an element", source: `<a><b/></a>`, patched: `<a><b/><c><d/></c></a>`,
			want: []exceltest.Insertion{{In: "a", Root: "c", Text: "<c><d/></c>"}},
		},
		{
			name: "one like its neighbour", source: `<a><b>1</b></a>`, patched: `<a><b>1</b><b>1</b></a>`,
			want: []exceltest.Insertion{{In: "a", Root: "b", Text: "<b>1</b>"}},
		},
		{
			name: "a count", source: `<a><b count="1"><c/></b></a>`, patched: `<a><b count="2"><c/><c x="1"/></b></a>`,
			want: []exceltest.Insertion{{In: "b", Root: "c", Text: `<c x="1"/>`}},
		},
		{
			name: "an opened element", source: `<a><b count="0" /></a>`, patched: `<a><b count="1"><c/></b></a>`,
			want: []exceltest.Insertion{{In: "b", Root: "c", Text: `<c/>`}},
		},
		{
			name: "an opened root with a prefix", source: `<x:a/>`, patched: `<x:a><x:b/></x:a>`,
			want: []exceltest.Insertion{{In: "a", Root: "b", Text: `<x:b/>`}},
		},
		{name: "an attribute", source: `<a b="1"/>`, patched: `<a b="2"/>`, fault: "missing"},
		{name: "an attribute more", source: `<a><b/></a>`, patched: `<a><b x="1"/></a>`, fault: "source goes on"},
		{name: "text", source: `<a>one</a>`, patched: `<a>two</a>`, fault: "source goes on"},
		{name: "other quotes", source: `<a b='1'/>`, patched: `<a b="1"/>`, fault: "missing"},
		{name: "something lost", source: `<a><b/><c/></a>`, patched: `<a><c/></a>`, fault: "source goes on"},
		{name: "half an element", source: `<a></a>`, patched: `<a><b></a>`, fault: "source goes on"},
		{name: "a comment lost", source: `<a><!-- > --></a>`, patched: `<a></a>`, fault: "source goes on"},
		{name: "a closed element", source: `<a></a>`, patched: `<a/>`, fault: "missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := exceltest.Insertions([]byte(tt.source), []byte(tt.patched))
			if d := cmp.Diff(got, tt.want); d != "" && tt.fault == "" {
				t.Errorf("got -, want +:\n%s", d)
			}
			wantFault(t, err, tt.fault)
		})
	}
}

func wantFault(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case err == nil && want != "":
		t.Errorf("got no fault, want one with %q", want)
	case err != nil && (want == "" || !strings.Contains(err.Error(), want)):
		t.Errorf("got %q, want %q", err, want)
	}
}

// file is an entry to be zipped.
type file struct {
	name, content string
	header        func(*zip.FileHeader)
}

func archive(t *testing.T, files ...file) *exceltest.Archive {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.header != nil {
			f.header(h)
		}
		out, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := exceltest.ReadArchive(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCompareTellsEveryTouch(t *testing.T) {
	source := archive(t, file{name: "a.xml", content: "<a><b/></a>"}, file{name: "b.bin", content: "bytes"})
	stored := func(h *zip.FileHeader) { h.Method = zip.Store }
	commented := func(h *zip.FileHeader) { h.Comment = "hello" }
	for _, tt := range []struct {
		name    string
		written []file
		want    string
	}{
		{"order", []file{{name: "b.bin", content: "bytes"}, {name: "a.xml", content: "<a><b/></a>"}}, "stands before"},
		{"compressed anew", []file{{name: "a.xml", content: "<a><b/></a>", header: stored}, {name: "b.bin", content: "bytes"}}, "anew"},
		{"header", []file{{name: "a.xml", content: "<a><b/></a>", header: commented}, {name: "b.bin", content: "bytes"}}, "record in the directory"},
		{"content", []file{{name: "a.xml", content: "<a><c/></a>"}, {name: "b.bin", content: "bytes"}}, "not its source"},
		{"binary content", []file{{name: "a.xml", content: "<a><b/></a>"}, {name: "b.bin", content: "other"}}, "not its source"},
		{"streamed", []file{{name: "a.xml", content: "<a><b/></a>"}, {name: "b.bin", content: "bytes"}, {name: "c.xml", content: "<c/>"}}, "doesn't tell its size"},
		{"same name", []file{{name: "a.xml", content: "<a><b/></a>"}, {name: "b.bin", content: "bytes"}, {name: "A.xml", content: "<c/>"}}, "although the source"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(exceltest.Compare(source, archive(t, tt.written...)).Faults, "\n")
			if !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
		})
	}
	if d := exceltest.Compare(source, source); len(d.Faults)+len(d.Patched)+len(d.Added)+len(d.Dropped) > 0 {
		t.Errorf("got %+v for two equal archives, want nothing", d)
	}
}

func TestPrepare(t *testing.T) {
	const mc = `xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
	for _, tt := range []struct{ name, part, want string }{
		{
			"ignorable", `<a xmlns="m" xmlns:x="n" ` + mc + ` mc:Ignorable="x"><b x:id="1" c="2"/><x:d/></a>`,
			`<a><b c="2"></b></a>`,
		},
		{
			"inside ext it stays", `<a xmlns="m" xmlns:x="n" ` + mc + ` mc:Ignorable="x"><ext><x:d/></ext></a>`,
			`<a><ext><x:d></x:d></ext></a>`,
		},
		{
			"fallback", `<a xmlns="m" ` + mc + `><mc:AlternateContent><mc:Choice Requires="x"><b/></mc:Choice>` +
				`<mc:Fallback><c/></mc:Fallback></mc:AlternateContent></a>`,
			`<a><c></c></a>`,
		},
		{"space", `<a xmlns="m"><t xml:space="preserve"> x</t><u xml:space="preserve"/></a>`, `<a><t> x</t><u xml:space="preserve"></u></a>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := exceltest.Prepare([]byte(tt.part))
			if err != nil {
				t.Fatal(err)
			}
			if got := withoutNamespaces(string(got)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	_, err := exceltest.Prepare([]byte(`<a><x:b/></a>`))
	wantFault(t, err, `prefix "x" is not declared`)
}

func withoutNamespaces(s string) string {
	var out []string
	for _, field := range strings.Split(s, " ") {
		tag, rest, cut := strings.Cut(field, ">")
		if strings.HasPrefix(tag, "xmlns") {
			tag = ""
		}
		if cut {
			tag += ">" + rest
		}
		out = append(out, tag)
	}
	joined := strings.Join(out, " ")
	for strings.Contains(joined, "  ") {
		joined = strings.ReplaceAll(joined, "  ", " ")
	}
	return strings.ReplaceAll(joined, " >", ">")
}
