package excel

import (
	"fmt"
	"strconv"

	"steerco/sync/excel/ooxml"
	"steerco/sync/workbook"
)

// sheetOrder is the order of the children of worksheet.
var sheetOrder = [...]string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
	"protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
	"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
	"headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
	"legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
	"tableParts", "extLst",
}

// addMarks puts the marks into their sheets.
func (s *spliced) addMarks() error {
	bySheet := map[string][]workbook.Mark{}
	seen := map[workbook.FoundMark]bool{}
	for _, m := range s.out.Marks {
		if !seen[m.Found()] {
			seen[m.Found()] = true
			bySheet[m.Sheet] = append(bySheet[m.Sheet], m)
		}
	}
	for at, e := range s.base.doc.sheets {
		marks := bySheet[e.name]
		if len(marks) == 0 || s.base.own.isOwn(at) || !e.isCells() {
			continue
		}
		if err := s.markSheet(e, marks); err != nil {
			return err
		}
	}
	return nil
}

func (s *spliced) markSheet(e sheetEntry, marks []workbook.Mark) error {
	b, err := s.base.part(e.part)
	if err != nil {
		return err
	}
	p, err := newPatch(e.part, b, skipCells)
	if err != nil {
		return err
	}
	priority := lastPriority(p.root)
	for _, m := range marks {
		priority++
		dxf, err := s.styles.mark(m.Severity)
		if err != nil {
			return err
		}
		p.insert(p.root, sheetOrder[:], "conditionalFormatting", markXML(p.root.prefix(), m, dxf, priority))
	}
	after, undo := p.apply()
	s.patched(e.part, b, after, undo)
	return nil
}

// lastPriority returns the greatest priority that a rule of the sheet has, so
// that the team's own rules win.
func lastPriority(root *element) int {
	last := 0
	root.walk(func(e *element) {
		if e.local != "cfRule" {
			return
		}
		if n, err := strconv.Atoi(e.value("priority")); err == nil {
			last = max(last, n)
		}
	})
	return last
}

func markXML(prefix string, m workbook.Mark, dxf, priority int) []byte {
	at := workbook.Range{FirstRow: m.FirstRow, FirstColumn: m.Column, LastRow: m.LastRow, LastColumn: m.Column}
	b := fmt.Appendf(nil, `<%[1]sconditionalFormatting sqref="%[2]s"><%[1]scfRule type="expression" dxfId="%[3]d" priority="%[4]d"><%[1]sformula>`,
		prefix, at, dxf, priority)
	b = ooxml.EscapeText(b, m.Condition(workbook.KeyList))
	return fmt.Appendf(b, `</%[1]sformula></%[1]scfRule></%[1]sconditionalFormatting>`, prefix)
}
