package xlsx

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
	"google.golang.org/api/sheets/v4"

	"steerco/sync/workbook"
)

// format returns the look of the cells with a style; nil for the default one.
func (in *importer) format(style int) *sheets.CellFormat {
	if style == 0 {
		return nil
	}
	if f, ok := in.formats[style]; ok {
		return f
	}
	s, err := in.file.GetStyle(style)
	in.do(err)
	if err != nil {
		return nil
	}
	f := &sheets.CellFormat{NumberFormat: numberFormat(s), TextFormat: in.textFormat(s.Font)}
	if s.Fill.Type == "pattern" && s.Fill.Pattern == 1 && len(s.Fill.Color) > 0 {
		f.BackgroundColorStyle = colorStyle(in.file.GetBaseColor(s.Fill.Color[0], 0, nil))
	}
	if a := s.Alignment; a != nil {
		f.HorizontalAlignment = horizontal()[a.Horizontal]
		f.VerticalAlignment = vertical()[a.Vertical]
		if a.WrapText {
			f.WrapStrategy = "WRAP"
		}
	}
	f.Borders = in.borders(s.Border)
	in.formats[style] = f
	return f
}

// horizontal and vertical are the words of Excel for those of the API.
func horizontal() map[string]string {
	return map[string]string{"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
}

func vertical() map[string]string {
	return map[string]string{"top": "TOP", "center": "MIDDLE", "bottom": "BOTTOM"}
}

// borders returns the lines around a cell. Excel counts their kinds; of its
// thirteen the four that aren't dashed or thin are told apart.
func (in *importer) borders(all []excelize.Border) *sheets.Borders {
	if len(all) == 0 {
		return nil
	}
	const medium, thick, double = 2, 5, 6
	b := &sheets.Borders{}
	for _, side := range all {
		line := &sheets.Border{Style: "SOLID", ColorStyle: colorStyle(in.file.GetBaseColor(side.Color, 0, nil))}
		switch side.Style {
		case medium:
			line.Style = "SOLID_MEDIUM"
		case thick:
			line.Style = "SOLID_THICK"
		case double:
			line.Style = "DOUBLE"
		}
		switch side.Type {
		case "top":
			b.Top = line
		case "bottom":
			b.Bottom = line
		case "left":
			b.Left = line
		case "right":
			b.Right = line
		}
	}
	return b
}

func (in *importer) textFormat(font *excelize.Font) *sheets.TextFormat {
	if font == nil {
		return nil
	}
	t := &sheets.TextFormat{
		Bold: font.Bold, Italic: font.Italic, Strikethrough: font.Strike, Underline: font.Underline != "" && font.Underline != "none",
		FontFamily: font.Family, FontSize: int64(font.Size + 0.5),
	}
	if font.Color != "" || font.ColorTheme != nil {
		t.ForegroundColorStyle = colorStyle(in.file.GetBaseColor(font.Color, font.ColorIndexed, font.ColorTheme))
	}
	return t
}

func numberFormat(s *excelize.Style) *sheets.NumberFormat {
	code := workbook.BuiltinCode(s.NumFmt)
	if s.CustomNumFmt != nil {
		code = *s.CustomNumFmt
	}
	if code == "" || strings.EqualFold(code, "General") {
		return nil
	}
	return &sheets.NumberFormat{Type: formatType(code), Pattern: code}
}

// formatType returns what the API calls the kind of a number format.
func formatType(code string) string {
	date, elapsed := workbook.CodeKind(code)
	lower := strings.ToLower(code)
	switch {
	case code == "@":
		return "TEXT"
	case elapsed, date && !strings.ContainsAny(lower, "yd"):
		return "TIME"
	case date && strings.ContainsAny(lower, "h"):
		return "DATE_TIME"
	case date:
		return "DATE"
	case strings.Contains(code, "%"):
		return "PERCENT"
	}
	return "NUMBER"
}

// most is the largest number of one colour of three in RRGGBB.
const most = 255

// colorStyle returns a colour that is written as RRGGBB; nil if it isn't one.
func colorStyle(hex string) *sheets.ColorStyle {
	v, err := strconv.ParseUint(hex, 16, 24)
	if err != nil || len(hex) != len("RRGGBB") {
		return nil
	}
	return &sheets.ColorStyle{RgbColor: &sheets.Color{
		Red: float64(v>>16) / most, Green: float64(v>>8&most) / most, Blue: float64(v&most) / most,
	}}
}

// hex returns a colour as RRGGBB; empty for none.
func hex(style *sheets.ColorStyle, plain *sheets.Color) string {
	if style != nil && style.RgbColor != nil {
		plain = style.RgbColor
	}
	if plain == nil {
		return ""
	}
	v := uint64(plain.Red*most+0.5)<<16 | uint64(plain.Green*most+0.5)<<8 | uint64(plain.Blue*most+0.5)
	return strings.ToUpper(strconv.FormatUint(v|1<<24, 16)[1:])
}

// style returns the look of a cell as Excel writes it.
func style(f *sheets.CellFormat) *excelize.Style {
	s := &excelize.Style{Alignment: &excelize.Alignment{
		Horizontal: wordFor(horizontal(), f.HorizontalAlignment), Vertical: wordFor(vertical(), f.VerticalAlignment),
		WrapText: f.WrapStrategy == "WRAP",
	}}
	if f.Padding != nil && f.Padding.Left > defaultPadding {
		s.Alignment.Indent = max(1, int(f.Padding.Left)/indentPixels)
	}
	if n := f.NumberFormat; n != nil {
		code := exportCode(n)
		s.CustomNumFmt = &code
	}
	if fill := hex(f.BackgroundColorStyle, f.BackgroundColor); fill != "" && fill != "FFFFFF" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	s.Font = font(f.TextFormat)
	s.Border = borders(f.Borders)
	return s
}

// The padding that a cell has at its left without being asked, and how much
// more of it is a step of indentation in Excel, in pixels.
const (
	defaultPadding = 3
	indentPixels   = 9
)

func font(t *sheets.TextFormat) *excelize.Font {
	if t == nil {
		return nil
	}
	f := &excelize.Font{
		Bold: t.Bold, Italic: t.Italic, Strike: t.Strikethrough, Family: t.FontFamily, Size: float64(t.FontSize),
		Color: hex(t.ForegroundColorStyle, t.ForegroundColor),
	}
	if name, _, ok := strings.Cut(f.Family, ","); ok {
		f.Family = name
	}
	if t.Underline {
		f.Underline = "single"
	}
	return f
}

func wordFor(words map[string]string, value string) string {
	for word, v := range words {
		if v == value {
			return word
		}
	}
	return ""
}

// exportCode returns the code of a number format, also of one that has only a
// kind and leaves the rest to the language of the spreadsheet.
func exportCode(n *sheets.NumberFormat) string {
	if n.Pattern != "" {
		return n.Pattern
	}
	return map[string]string{
		"DATE": "yyyy-mm-dd", "DATE_TIME": "yyyy-mm-dd hh:mm", "TIME": "hh:mm", "PERCENT": "0.00%", "TEXT": "@",
	}[n.Type]
}

func borders(b *sheets.Borders) []excelize.Border {
	if b == nil {
		return nil
	}
	var all []excelize.Border
	for side, border := range map[string]*sheets.Border{"top": b.Top, "bottom": b.Bottom, "left": b.Left, "right": b.Right} {
		if border == nil || border.Style == "" || border.Style == "NONE" {
			continue
		}
		width := 1
		if strings.HasSuffix(border.Style, "_MEDIUM") || strings.HasSuffix(border.Style, "_THICK") {
			width = 2
		}
		all = append(all, excelize.Border{Type: side, Color: hex(border.ColorStyle, border.Color), Style: width})
	}
	return all
}
