package rules

// Nearest returns the one of known, the first of several, that was perhaps
// meant by word: at most two letters differ. Empty: none.
func Nearest(word string, known []string) string {
	best, fewest := "", 3
	for _, k := range known {
		if d := distance(word, k); d < fewest && d < len(k) {
			best, fewest = k, d
		}
	}
	return best
}

// distance returns how many letters have to be put in, taken out or changed to
// make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
