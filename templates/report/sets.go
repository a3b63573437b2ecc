package report

import (
	"reflect"

	"steerco/rules/calendar"
	"steerco/rules/plan"
)

// Value is what a column holds: string, int, calendar.Date, plan.Ref or Level.
type Value any

// Record is a row of a data set: its values by the names of the columns.
type Record map[string]Value

// ColumnType tells what a column of a data set holds.
type ColumnType uint8

// The types of columns.
const (
	TextColumn ColumnType = iota
	NumberColumn
	DateColumn
	RefColumn
	LevelColumn
)

// Schema describes a data set: its columns by their names.
type Schema map[string]ColumnType

// Schemas returns the data sets that every Report has, by their names. The set
// "report" has one record: what concerns the whole.
func Schemas() map[string]Schema {
	all := map[string]Schema{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Report]()) {
		t := f.Type
		if t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		all[f.Tag.Get(setTag)] = schemaOf(t)
	}
	return all
}

// Set returns the records of a data set in the order of the report; nil where
// there is none of that name.
func (r Report) Set(name string) []Record {
	v := reflect.ValueOf(r)
	for _, f := range reflect.VisibleFields(v.Type()) {
		if f.Tag.Get(setTag) != name {
			continue
		}
		set := v.FieldByIndex(f.Index)
		if set.Kind() != reflect.Slice {
			return []Record{recordOf(set)}
		}
		records := make([]Record, set.Len())
		for i := range records {
			records[i] = recordOf(set.Index(i))
		}
		return records
	}
	return nil
}

// The tags under which a field of Report is a data set, and a field of its
// records a column.
const (
	setTag    = "set"
	columnTag = "col"
)

func schemaOf(t reflect.Type) Schema {
	s := Schema{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get(columnTag); name != "" {
			s[name] = columnType(f.Type)
		}
	}
	return s
}

func columnType(t reflect.Type) ColumnType {
	switch t {
	case reflect.TypeFor[calendar.Date]():
		return DateColumn
	case reflect.TypeFor[plan.Ref]():
		return RefColumn
	case reflect.TypeFor[Level]():
		return LevelColumn
	case reflect.TypeFor[int]():
		return NumberColumn
	}
	return TextColumn
}

func recordOf(v reflect.Value) Record {
	r := Record{}
	for _, f := range reflect.VisibleFields(v.Type()) {
		if name := f.Tag.Get(columnTag); name != "" {
			r[name] = v.FieldByIndex(f.Index).Interface()
		}
	}
	return r
}
