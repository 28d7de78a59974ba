package nomenclature

// Tables are the loaded tables. They do not change once loaded and may be used
// by several goroutines.
type Tables struct{}
