package datamatrix

import (
	"os"
	"strings"
	"testing"
)

// Every rule is in the documentation, with its message when it is not a repair.
func TestDocumentation(t *testing.T) {
	b, err := os.ReadFile("../docs/DATAMATRIX.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Regles() {
		ligne := "| `" + string(r.Code) + "` |"
		if !strings.HasPrefix(string(r.Code), "DM-REPARE-") {
			ligne += " " + r.Gravite.String() + " | " + r.Message + " | " + r.Source + " |"
		}
		if !strings.Contains(string(b), ligne) {
			t.Errorf("docs/DATAMATRIX.md lacks the line %s", ligne)
		}
	}
}
