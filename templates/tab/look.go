package tab

import "math"

// Look is how a style looks, in terms that every program knows. Colours are
// RRGGBB; empty: none, or the default for text.
type Look struct {
	Fill, Text   string
	Size         float64 // points
	Bold, Italic bool
	Underline    bool
	// Align is "left", "center" or "right"; empty: left for text, right for numbers.
	Align string
	// Middle centres vertically; otherwise the content stands at the top.
	Middle bool
	Wrap   bool
	// Indent is how far left-aligned text stands off the edge, in the steps of
	// the program (about the width of two letters).
	Indent int
	// LineBelow is the colour of a line below, ThickBelow makes it thick.
	LineBelow  string
	ThickBelow bool
	// Format is how a number is shown, as spreadsheet programs write it; empty:
	// as it is.
	Format string
}

// Formats of numbers.
const (
	FormatDate     = "d mmm yyyy"
	FormatInteger  = "#,##0"
	FormatFraction = "#,##0.0#"
)

// Font is the face of all tabs. It is one that every office program has or
// replaces by one of the same widths.
const Font = "Arial"

// Colours of all that steerco draws.
const (
	Navy  = "1F3050"
	Grey  = "5F6B7A"
	Light = "EDF1F5"
	Line  = "C4CAD2"
)

// Looks returns the look of every style: the one table from which all
// backends draw.
func Looks() map[Style]Look {
	body := Look{Size: 9, Middle: true, Wrap: true, LineBelow: Line}
	panel := Look{Size: 9, Fill: Light, Middle: true, Wrap: true, Align: "left", Indent: 1}
	header := Look{Size: 8, Bold: true, Text: Grey, Fill: Light, Middle: true, Wrap: true}
	looks := map[Style]Look{
		Title:         {Size: 16, Bold: true, Text: Navy, Middle: true},
		Subtitle:      {Size: 8, Text: Grey, Middle: true, Wrap: true},
		SubtitleRight: {Size: 8, Text: Grey, Middle: true, Align: "right"},
		Heading:       {Size: 11, Bold: true, Text: Navy, Middle: true, LineBelow: Navy, ThickBelow: true},
		Footer:        {Size: 8, Text: Grey, Wrap: true},
		Header:        header,
		HeaderRight:   with(header, func(l *Look) { l.Align = "right" }),
		HeaderCenter:  with(header, func(l *Look) { l.Align = "center" }),
		Body:          body,
		BodyBold:      with(body, func(l *Look) { l.Bold = true }),
		BodyCenter:    with(body, func(l *Look) { l.Align = "center" }),
		BodySmall:     with(body, func(l *Look) { l.Size = 8 }),
		BodyMuted:     with(body, func(l *Look) { l.Text = Grey }),
		BodyKey:       with(body, func(l *Look) { l.Text, l.Align = Grey, "center" }),
		BodyNumber:    with(body, func(l *Look) { l.Align, l.Format = "right", FormatInteger }),
		BodyDate:      with(body, func(l *Look) { l.Align, l.Format = "left", FormatDate }),
		BodyLink:      with(body, func(l *Look) { l.Text, l.Underline = "1155CC", true }),
		Panel:         panel,
		PanelBold:     with(panel, func(l *Look) { l.Bold, l.Size = true, 11 }),
		PanelLabel:    with(panel, func(l *Look) { l.Text, l.Size, l.Align, l.Indent = Grey, 8, "center", 0 }),
		PanelValue:    with(panel, func(l *Look) { l.Bold, l.Size, l.Align, l.Indent = true, 12, "center", 0 }),
		SeverityNote:  status(noteFill, markText),
	}
	for _, c := range []struct {
		small, big Style
		fill, text string
	}{
		{StatusRed, BigRed, "B3261E", "FFFFFF"},
		{StatusAmber, BigAmber, "FFC000", "000000"},
		{StatusGreen, BigGreen, "00796B", "FFFFFF"},
		{StatusDone, BigDone, "1F4E78", "FFFFFF"},
		{StatusUnknown, BigUnknown, "D9D9D9", "000000"},
	} {
		looks[c.small] = status(c.fill, c.text)
		looks[c.big] = with(status(c.fill, c.text), func(l *Look) { l.Size, l.LineBelow, l.Wrap = 15, "", true })
	}
	return looks
}

// LookOf returns the look of a cell, by the table that Looks returns.
func LookOf(looks map[Style]Look, c Cell) Look {
	look := looks[c.Style]
	switch {
	case !c.Date.IsZero():
		look.Format = FormatDate
	case look.Format == FormatInteger && c.Number != nil && *c.Number != math.Trunc(*c.Number):
		look.Format = FormatFraction
	}
	return look
}

func with(l Look, change func(*Look)) Look {
	change(&l)
	return l
}

func status(fill, text string) Look {
	return Look{Size: 9, Bold: true, Fill: fill, Text: text, Align: "center", Middle: true, LineBelow: Line}
}

const (
	noteFill = "D5F0F6"
	markText = "1F1F1F"
)

// MarkFill is the fill of a highlight on a row of the team's, by severity:
// "critical", "warning", "note". MarkText is the text colour on all three.
func MarkFill(severity string) string {
	return map[string]string{"critical": "F4B6A6", "warning": "FFE699", "note": noteFill}[severity]
}

// MarkText is the colour of the text on every highlight.
const MarkText = markText
