package sheetstest

import (
	"regexp"
	"strings"

	"steerco/sync/workbook"
)

// calendarNames are how a language writes months and days in dates.
type calendarNames struct {
	months, shortMonths, days, shortDays []string
}

// names returns the names in a locale's language; ok is false if they aren't
// known. English ones are known elsewhere.
func (l locale) names() (n calendarNames, ok bool) {
	var months, shortMonths, days, shortDays string
	switch l.language() {
	case "de":
		months = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
		shortMonths = "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez."
		days, shortDays = "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag", "So. Mo. Di. Mi. Do. Fr. Sa."
	case "fr":
		months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
		shortMonths = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."
		days, shortDays = "dimanche lundi mardi mercredi jeudi vendredi samedi", "dim. lun. mar. mer. jeu. ven. sam."
	case "es":
		months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
		shortMonths = "ene feb mar abr may jun jul ago sept oct nov dic"
		days, shortDays = "domingo lunes martes miércoles jueves viernes sábado", "dom lun mar mié jue vie sáb"
	case "it":
		months = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
		shortMonths = "gen feb mar apr mag giu lug ago set ott nov dic"
		days, shortDays = "domenica lunedì martedì mercoledì giovedì venerdì sabato", "dom lun mar mer gio ven sab"
	case "nl":
		months = "januari februari maart april mei juni juli augustus september oktober november december"
		shortMonths = "jan feb mrt apr mei jun jul aug sep okt nov dec"
		days, shortDays = "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag", "zo ma di wo do vr za"
	case "pt":
		months = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
		shortMonths = "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez."
		days, shortDays = "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado", "dom. seg. ter. qua. qui. sex. sáb."
	case "pl":
		months = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
		shortMonths = "sty lut mar kwi maj cze lip sie wrz paź lis gru"
		days, shortDays = "niedziela poniedziałek wtorek środa czwartek piątek sobota", "niedz. pon. wt. śr. czw. pt. sob."
	}
	n = calendarNames{strings.Fields(months), strings.Fields(shortMonths), strings.Fields(days), strings.Fields(shortDays)}
	return n, months != ""
}

// namePieces finds in a pattern what shows the name of a month or a day, and
// before that what it shows as it stands.
var namePieces = regexp.MustCompile(`(?i)"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|m{3,5}|d{3,4}`)

// isName reports whether a piece of a pattern shows a name.
func isName(piece string) bool { return strings.IndexByte("mMdD", piece[0]) >= 0 }

// hasNames reports whether a pattern shows the name of a month or day.
func hasNames(pattern string) bool {
	for _, piece := range namePieces.FindAllString(pattern, -1) {
		if isName(piece) {
			return true
		}
	}
	return false
}

// with returns a pattern with the names of a day's month and weekday in it.
func (n calendarNames) with(pattern string, serial float64) string {
	book := workbook.Book{}
	day, ok := book.SerialDate(serial)
	if !ok {
		return pattern
	}
	t := day.Time()
	return namePieces.ReplaceAllStringFunc(pattern, func(piece string) string {
		if !isName(piece) {
			return piece
		}
		name := ""
		switch strings.ToLower(piece) {
		case "mmm":
			name = n.shortMonths[t.Month()-1]
		case "mmmm":
			name = n.months[t.Month()-1]
		case "mmmmm":
			name = strings.ToUpper(string([]rune(n.months[t.Month()-1])[:1]))
		case "ddd":
			name = n.shortDays[t.Weekday()]
		case "dddd":
			name = n.days[t.Weekday()]
		}
		return `"` + name + `"`
	})
}
