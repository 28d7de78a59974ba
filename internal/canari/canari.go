// Package canari prints values in every way that a program prints by mistake,
// so that tests can look for personal data in what comes out.
package canari

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
)

// Verbes are the fmt verbs, some with flags and widths.
var Verbes = []string{"v", "+v", "#v", "s", "q", "+q", "x", "X", "# x", "d", "o", "b", "c", "U", "t", "e", "g", "T", "p", "20v", "-20s", ".3s"}

// Montre prints a value with every verb, alone and inside a slice, a map and
// a wrapped error, then through JSON and both handlers of slog.
func Montre(v any) string {
	var b strings.Builder
	for _, forme := range []any{v, []any{v}, map[string]any{"x": v}} {
		for _, verbe := range Verbes {
			fmt.Fprintf(&b, "%"+verbe+"\n", forme)
		}
	}
	if err, ok := v.(error); ok {
		fmt.Fprintf(&b, "%v %+v\n", fmt.Errorf("x: %w", err), fmt.Errorf("x: %w", err))
	}
	if j, err := json.Marshal(v); err == nil {
		b.Write(j)
	} else {
		b.WriteString(err.Error())
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		slog.New(h).Info("x", "v", v, slog.Group("g", "v", v))
	}
	return b.String()
}
