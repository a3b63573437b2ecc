package sheetstest

import "slices"

func chartKinds() map[string]kind {
	return map[string]kind{
		"addChart":                     {do: addChart},
		"updateChartSpec":              {do: updateChartSpec},
		"addSlicer":                    {do: addSlicer},
		"updateSlicerSpec":             {do: updateSlicerSpec, masked: true},
		"updateEmbeddedObjectPosition": {do: updateEmbeddedObjectPosition},
		"updateEmbeddedObjectBorder":   {do: updateEmbeddedObjectBorder, masked: true},
		"deleteEmbeddedObject":         {do: deleteEmbeddedObject},
	}
}

// embedded returns the charts and slicers of a sheet, which share their ids.
func embedded(s *sheet) []*ranged { return slices.Concat(s.charts, s.slicers) }

// embedded returns the chart or slicer with an id, and its sheet.
func (b *batch) embedded(id int) (*ranged, *sheet, error) {
	for _, name := range []string{"chartId", "slicerId"} {
		of := func(s *sheet) []*ranged {
			return slices.DeleteFunc(embedded(s), func(r *ranged) bool { return r.fields[name] == nil })
		}
		if r, s := b.find(name, id, of); r != nil {
			return r, s, nil
		}
	}
	return nil, nil, refuse("No embedded object with id: %d", id)
}

func (b *batch) embeddedID(wanted object, name string) (any, error) {
	id := intOr(wanted, name, 0)
	if id <= 0 {
		return b.unchosen(id)
	}
	if _, _, err := b.embedded(id); err == nil {
		return nil, refuse("Embedded object with id %d already exists", id)
	}
	return float64(id), nil
}

func addChart(b *batch, body object) (object, error) {
	wanted := objectIn(body, "chart")
	if err := checkChart(objectIn(wanted, "spec")); err != nil {
		return nil, err
	}
	id, err := b.embeddedID(wanted, "chartId")
	if err != nil {
		return nil, err
	}
	r := &ranged{fields: with(b.doc.stored(wanted), "chartId", id)}
	s, err := b.anchor(r, objectIn(wanted, "position"))
	if err != nil {
		return nil, err
	}
	s.charts = append(s.charts, r)
	return object{"addChart": object{"chart": shownEmbedded(r)}}, nil
}

// checkChart tells whether the API takes a ChartSpec.
func checkChart(spec object) error {
	kinds := 0
	for _, name := range []string{
		"basicChart", "pieChart", "bubbleChart", "candlestickChart", "histogramChart",
		"orgChart", "waterfallChart", "treemapChart", "scorecardChart",
	} {
		if spec[name] != nil {
			kinds++
		}
	}
	basic := objectIn(spec, "basicChart")
	switch {
	case kinds != 1:
		return refuse("One of basicChart, pieChart, bubbleChart, candelstickChart, histogramChart, " +
			"or orgChart must be set on chartSpec.")
	case basic != nil && len(objectsIn(basic, "domains")) == 0 && len(objectsIn(basic, "series")) == 0:
		return internal()
	}
	return nil
}

// anchor gives a chart or slicer its place, and returns the sheet on which it
// then is.
func (b *batch) anchor(r *ranged, position object) (*sheet, error) {
	overlay := objectIn(position, "overlayPosition")
	switch {
	case overlay == nil && position["sheetId"] == nil && position["newSheet"] == nil:
		return nil, refuse("One of EmbeddedObjectPosition.overlayPosition or EmbeddedObjectPosition.sheetId must be set")
	case overlay == nil:
		return nil, unknown("a chart on a sheet of its own")
	}
	p, err := b.spot(objectIn(overlay, "anchorCell"))
	if err != nil {
		return nil, err
	}
	overlay = without(b.doc.stored(overlay), "anchorCell")
	r.areas = []area{p.area}
	r.fields = with(r.fields, "position", object{"overlayPosition": sized(overlay)})
	return p.on, nil
}

// sized gives what is laid over the cells the usual size where it has none.
func sized(overlay object) object {
	for name, usual := range map[string]float64{"widthPixels": 600, "heightPixels": 371} {
		if overlay[name] == nil {
			overlay = with(overlay, name, usual)
		}
	}
	return overlay
}

func updateChartSpec(b *batch, body object) (object, error) {
	r, _, err := b.embedded(intOr(body, "chartId", 0))
	if err != nil {
		return nil, err
	}
	if r.fields["chartId"] == nil {
		return nil, refuse("No chart with id: %d", intOr(body, "chartId", 0))
	}
	spec := objectIn(body, "spec")
	if err := checkChart(spec); err != nil {
		return nil, err
	}
	r.fields = with(r.fields, "spec", b.doc.stored(spec))
	return nil, nil
}

func addSlicer(b *batch, body object) (object, error) {
	wanted := objectIn(body, "slicer")
	id, err := b.embeddedID(wanted, "slicerId")
	if err != nil {
		return nil, err
	}
	if _, err := b.place(objectIn(objectIn(wanted, "spec"), "dataRange")); err != nil {
		return nil, err
	}
	r := &ranged{fields: with(b.doc.stored(wanted), "slicerId", id)}
	s, err := b.anchor(r, objectIn(wanted, "position"))
	if err != nil {
		return nil, err
	}
	s.slicers = append(s.slicers, r)
	return object{"addSlicer": object{"slicer": shownEmbedded(r)}}, nil
}

func updateSlicerSpec(b *batch, body object) (object, error) {
	r, _, err := b.embedded(intOr(body, "slicerId", 0))
	if err != nil {
		return nil, err
	}
	if r.fields["slicerId"] == nil {
		return nil, refuse("No slicer with id: %d", intOr(body, "slicerId", 0))
	}
	r.fields = with(r.fields, "spec", b.updated(objectIn(r.fields, "spec"), objectIn(body, "spec"), maskOf(body)))
	return nil, nil
}

func updateEmbeddedObjectPosition(b *batch, body object) (object, error) {
	r, from, err := b.embedded(intOr(body, "objectId", 0))
	if err != nil {
		return nil, err
	}
	position := objectIn(body, "newPosition")
	wanted := objectIn(position, "overlayPosition")
	if wanted != nil {
		if err := b.checkMask("updateEmbeddedObjectPosition", body); err != nil {
			return nil, err
		}
		mask := maskOf(body)
		old := objectIn(objectIn(shownEmbedded(r), "position"), "overlayPosition")
		position = object{"overlayPosition": b.updated(old, wanted, mask)}
	}
	to, err := b.anchor(r, position)
	if err != nil {
		return nil, err
	}
	if from != to {
		from.charts, from.slicers = lacking(from.charts, r), lacking(from.slicers, r)
		if r.fields["chartId"] != nil {
			to.charts = append(to.charts, r)
		} else {
			to.slicers = append(to.slicers, r)
		}
	}
	shown := objectIn(shownEmbedded(r), "position")
	return object{"updateEmbeddedObjectPosition": object{"position": shown}}, nil
}

func lacking(all []*ranged, gone *ranged) []*ranged {
	return slices.DeleteFunc(all, func(r *ranged) bool { return r == gone })
}

func updateEmbeddedObjectBorder(b *batch, body object) (object, error) {
	r, _, err := b.embedded(intOr(body, "objectId", 0))
	if err != nil {
		return nil, err
	}
	border := b.updated(objectIn(r.fields, "border"), objectIn(body, "border"), maskOf(body))
	r.fields = with(r.fields, "border", border)
	return nil, nil
}

func deleteEmbeddedObject(b *batch, body object) (object, error) {
	r, s, err := b.embedded(intOr(body, "objectId", 0))
	if err != nil {
		return nil, err
	}
	s.charts, s.slicers = lacking(s.charts, r), lacking(s.slicers, r)
	return nil, nil
}
