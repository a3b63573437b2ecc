package gsheets_test

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/api/sheets/v4"
)

// meddling are actions on what is steerco's. Nobody is asked to remember them.
func meddling() []action {
	return []action{
		{"type into a tab", func(p *chaosPerson) {
			if tab := p.foreign(); tab != "" {
				p.Set(tab, 0, 0, p.team.word())
			}
		}},
		{"rename a tab", func(p *chaosPerson) {
			if tab := p.foreign(); tab != "" {
				p.RenameSheet(tab, fmt.Sprintf("Tab %d", p.team.next()))
			}
		}},
		{"delete a tab", func(p *chaosPerson) {
			if tab := p.foreign(); tab != "" {
				p.DeleteSheet(tab)
			}
		}},
		{"hide or show a tab", func(p *chaosPerson) {
			if tab := p.foreign(); tab != "" {
				p.Do("updateSheetProperties", &sheets.UpdateSheetPropertiesRequest{
					Fields: "hidden",
					Properties: &sheets.SheetProperties{
						SheetId: p.sheetID(tab), Hidden: !p.Hidden(tab), ForceSendFields: []string{"SheetId", "Hidden"},
					},
				})
			}
		}},
		{"type anywhere in a tab", func(p *chaosPerson) {
			if s := p.foreignSheet(); s != nil {
				grid := s.Properties.GridProperties
				p.Set(s.Properties.Title, p.IntN(int(grid.RowCount)), p.IntN(int(grid.ColumnCount)), p.team.word())
			}
		}},
		{"merge cells of a tab", func(p *chaosPerson) {
			if s := p.foreignSheet(); s != nil && len(s.Merges) == 0 {
				p.Do("mergeCells", &sheets.MergeCellsRequest{MergeType: "MERGE_ROWS", Range: &sheets.GridRange{SheetId: s.Properties.SheetId}})
			}
		}},
		{"move a tab to the front", func(p *chaosPerson) {
			if tab := p.foreign(); tab != "" {
				p.MoveSheet(tab, 0)
			}
		}},
		{"insert rows into a tab", func(p *chaosPerson) {
			if tab := p.foreign(); tab != "" {
				p.InsertRows(tab, 0, 2)
			}
		}},
		{"delete highlights", func(p *chaosPerson) {
			s := p.plan()
			all, ok := p.rules(s)
			if !ok {
				return
			}
			for i := len(all) - 1; i >= 0; i-- {
				if strings.Contains(all[i], "_steerco") && p.IntN(2) == 0 {
					p.Do("deleteConditionalFormatRule", &sheets.DeleteConditionalFormatRuleRequest{SheetId: s.id, Index: int64(i), ForceSendFields: []string{"Index"}})
				}
			}
		}},
		{"rename the names", func(p *chaosPerson) {
			for _, n := range p.now.NamedRanges {
				p.Do("updateNamedRange", &sheets.UpdateNamedRangeRequest{
					Fields: "name", NamedRange: &sheets.NamedRange{NamedRangeId: n.NamedRangeId, Name: fmt.Sprintf("keys_%d", p.team.next())},
				})
			}
		}},
		{"have a program delete a note on a sheet", func(p *chaosPerson) {
			if m := p.metadata(); m != nil {
				p.team.noted = true
				p.Do("deleteDeveloperMetadata", &sheets.DeleteDeveloperMetadataRequest{DataFilter: byMetadata(m.MetadataId)})
			}
		}},
		{"have a program alter a note on a sheet", func(p *chaosPerson) {
			m, other := p.metadata(), p.metadata()
			if m == nil {
				return
			}
			p.team.noted = true
			p.Do("updateDeveloperMetadata", &sheets.UpdateDeveloperMetadataRequest{
				DataFilters: []*sheets.DataFilter{byMetadata(m.MetadataId)}, Fields: "metadataValue",
				DeveloperMetadata: &sheets.DeveloperMetadata{MetadataValue: [...]string{"altered", other.MetadataValue}[p.IntN(2)]},
			})
		}},
		{"delete the names", func(p *chaosPerson) {
			for _, n := range p.now.NamedRanges {
				p.Do("deleteNamedRange", &sheets.DeleteNamedRangeRequest{NamedRangeId: n.NamedRangeId})
			}
		}},
		{"delete protections", func(p *chaosPerson) {
			for _, s := range p.now.Sheets {
				for _, r := range s.ProtectedRanges {
					p.Do("deleteProtectedRange", &sheets.DeleteProtectedRangeRequest{ProtectedRangeId: r.ProtectedRangeId})
				}
			}
		}},
	}
}

// foreign returns the title of a sheet that isn't the team's; empty: there is
// none.
func (p *chaosPerson) foreign() string {
	var all []string
	for _, title := range p.Sheets() {
		if !slices.ContainsFunc(p.team.sheets, func(s *teamSheet) bool { return s.title == title }) {
			all = append(all, title)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[p.IntN(len(all))]
}

// foreignSheet returns a sheet that isn't the team's, as it was looked at; nil:
// there is none.
func (p *chaosPerson) foreignSheet() *sheets.Sheet {
	return p.looked(p.foreign())
}

func (p *chaosPerson) looked(title string) *sheets.Sheet {
	for _, s := range p.now.Sheets {
		if s.Properties.Title == title {
			return s
		}
	}
	return nil
}

func (p *chaosPerson) sheetID(title string) int64 { return p.looked(title).Properties.SheetId }

// metadata returns a piece of the developer metadata that is there, or nil.
func (p *chaosPerson) metadata() *sheets.DeveloperMetadata {
	all := slices.Clone(p.now.DeveloperMetadata)
	for _, s := range p.now.Sheets {
		all = append(all, s.DeveloperMetadata...)
	}
	if len(all) == 0 {
		return nil
	}
	return all[p.IntN(len(all))]
}

// deleteOrphans deletes the sheets of which nobody knows any more that they were
// tabs.
func (p *chaosPerson) deleteOrphans() {
	known, data := "", int64(-1)
	for _, s := range p.now.Sheets {
		for _, m := range s.DeveloperMetadata {
			known += m.MetadataValue
			if m.MetadataKey == "steerco.data" {
				data = s.Properties.SheetId
			}
		}
		eachValue(s, func(_, _ int, cell *sheets.CellData) { known += cell.FormattedValue })
	}
	for _, s := range p.now.Sheets {
		if p.team.titled(s.Properties.Title) == nil && s.Properties.SheetId != data &&
			!strings.Contains(known, fmt.Sprintf(`"sheet":%d,`, s.Properties.SheetId)) {
			p.DeleteSheet(s.Properties.Title)
		}
	}
}

func byMetadata(id int64) *sheets.DataFilter {
	return &sheets.DataFilter{DeveloperMetadataLookup: &sheets.DeveloperMetadataLookup{MetadataId: id}}
}
