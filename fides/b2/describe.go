package b2

import (
	"fmt"
	"io"
	"strings"

	"github.com/simphonie/simphonie/internal/fixedwidth"
)

// Describe prints a record zone by zone: name, columns, value, label, and the
// code of what is wrong. Personal zones show ***. When anything is wrong with
// the record its columns may have moved: values then show their shape only,
// 9 for a digit and A for a letter, but for zones whose value is one of their
// list. A record of unknown type shows its shape whole.
func Describe(w io.Writer, r Record) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r)
	if r.l() == nil {
		return nil
	}
	codes := map[string][]string{}
	for _, f := range r.fautes() {
		codes[f.zone] = append(codes[f.zone], string(f.regle.Code))
	}
	for _, code := range codes[""] {
		fmt.Fprintf(&b, "! %s\n", code)
	}
	if r.l().layout == nil {
		fmt.Fprintf(&b, "%s\n", fixedwidth.Shape(r.l().texte))
	} else {
		r.describeZones(&b, codes)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Record) describeZones(b *strings.Builder, codes map[string][]string) {
	l := r.l().layout
	for i := range l.zones {
		z := &l.zones[i]
		fin := min(z.fin, len(r.l().texte))
		if z.debut >= fin {
			break
		}
		valeur := montre(z, r.l().texte[z.debut:fin], r.l().sain)
		ligne := fmt.Sprintf("%-6s %3d-%-3d %-14s %s", z.ID, z.Colonne, z.Colonne+z.Largeur-1, valeur, z.Libelle)
		if c := codes[z.ID]; len(c) > 0 {
			ligne += "  ! " + strings.Join(c, " ")
		}
		b.WriteString(ligne + "\n")
	}
	if reste := r.l().texte[min(len(r.l().texte), Largeur):]; reste != "" {
		fmt.Fprintf(b, "%-6s %3d-%-3d %s\n", "", Largeur+1, Largeur+len(reste), fixedwidth.Shape(reste))
	}
}

// montre gives what may be shown of a zone.
func montre(z *Zone, s string, sain bool) string {
	switch {
	case fixedwidth.All(s, ' '):
		return ""
	case z.Personnel && z.nonRenseignee(s):
		return s
	case z.Personnel:
		return "***"
	case sain:
		return sansFin(s)
	}
	for _, v := range z.Valeurs {
		if s == v {
			return s
		}
	}
	return fixedwidth.Shape(s)
}
