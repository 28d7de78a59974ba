package fixedwidth

import "fmt"

// Span is a zone of a line: its first column, counted from 1, and its width.
type Span struct{ Column, Width int }

// Cover reports the first span, in order, that leaves a hole before it,
// overlaps its predecessor or has no width, and a total other than width.
func Cover(spans []Span, width int) error {
	next := 1
	for i, s := range spans {
		switch {
		case s.Width < 1:
			return fmt.Errorf("zone %d has width %d", i+1, s.Width)
		case s.Column > next:
			return fmt.Errorf("columns %d to %d belong to no zone", next, s.Column-1)
		case s.Column < next:
			return fmt.Errorf("column %d belongs to two zones", s.Column)
		}
		next += s.Width
	}
	if next != width+1 {
		return fmt.Errorf("zones end on column %d instead of %d", next-1, width)
	}
	return nil
}
