package cdritest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// SuiteT is the part of *testing.T that RunCodecSuite uses.
type SuiteT interface {
	Helper()
	Errorf(format string, args ...any)
}

// Ecrivain is the server's side of a format: what the editor of a codec brings
// so that its decoder has something to read. It is better written apart from
// the codec.
type Ecrivain struct {
	Reponse func(*modele.Reponse) (*etree.Element, error)
	// Lot is wanted of a CodecLot.
	Lot func([]modele.LigneReponse) (*etree.Element, error)
	// Codes gives the code of each outcome that the format has.
	Codes map[modele.Sens]string
	// Efface removes from an answer what the format does not carry; nil when it
	// carries the whole model.
	Efface func(*modele.Reponse)
}

// RunCodecSuite holds a codec to what the client expects: every value of the
// model comes back as it was written, codes without a known meaning included;
// what a message holds beside is reported, never read for something else;
// broken messages give errors, without personal data and without a panic; the
// lines of a batch keep their correlation.
func RunCodecSuite(t SuiteT, c modele.Codec, e Ecrivain) {
	t.Helper()
	s := &suite{t: t, c: c, e: e}
	if e.Reponse == nil || e.Codes[modele.Trouve] == "" {
		t.Errorf("Ecrivain: Reponse, and the code of Trouve, are wanted")
		return
	}
	s.profil()
	s.demandes()
	s.reponses()
	s.elements()
	s.brouillage()
	if lot, ok := c.(modele.CodecLot); ok {
		s.lots(lot)
	}
}

type suite struct {
	t SuiteT
	c modele.Codec
	e Ecrivain
}

func (s *suite) faute(cas, format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s: "+format, append([]any{cas}, args...)...)
}

func (s *suite) profil() {
	p := s.c.Profil()
	if p.Nom == "" || p.Version == "" || p.Action == "" || p.SOAP != modele.SOAP11 && p.SOAP != modele.SOAP12 {
		s.faute("profil", "name, version, action and version of SOAP are all wanted")
	}
	if _, ok := s.c.(modele.CodecLot); ok && (p.ActionLot == "" || p.LotMax <= 0 || s.e.Lot == nil) {
		s.faute("profil", "a codec of batches has an action, a greatest number of lines, and a writer to test it")
	}
}

// decode reads an answer as it comes from the wire; a panic is a fault.
func (s *suite) decode(cas string, el *etree.Element) (r *modele.Reponse, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.faute(cas, "DecodeReponse panics: %v", p)
			r, err = nil, fmt.Errorf("panic")
		}
	}()
	r, err = s.c.DecodeReponse(el)
	if err == nil && r == nil {
		s.faute(cas, "DecodeReponse gives neither an answer nor an error")
		err = fmt.Errorf("nothing")
	}
	if err != nil {
		s.sansDonnees(cas, err)
	}
	return r, err
}

// ecrit gives a message as it comes from the wire: written, then parsed.
func (s *suite) ecrit(cas string, r *modele.Reponse) *etree.Element {
	el, err := s.e.Reponse(r)
	if err != nil || el == nil {
		s.faute(cas, "the writer fails: %v", err)
		return nil
	}
	return s.relit(cas, el)
}

func (s *suite) relit(cas string, el *etree.Element) *etree.Element {
	b, err := etree.NewDocumentWithRoot(el.Copy()).WriteToBytes()
	d := etree.NewDocument()
	if err == nil {
		err = d.ReadFromBytes(b)
	}
	if err != nil || d.Root() == nil {
		s.faute(cas, "the message does not stand alone as XML: %v", err)
		return nil
	}
	return d.Root()
}

// clair writes an answer whole, without what the client adds, so that two can
// be compared.
func clair(r *modele.Reponse) string {
	copie := *r
	copie.Profil, copie.MessageID, copie.Recu = "", "", r.Recu.UTC().Truncate(0)
	copie.Instant = r.Instant.UTC()
	if r.Droits != nil {
		d := *r.Droits
		d.Support, d.Le = droits.SupportCDRi, copie.Recu
		d.Provenances = slices.Clone(d.Provenances)
		if d.MedecinTraitant != nil {
			m := *d.MedecinTraitant
			m.Declare = simphonie.Oui // its presence says so
			d.MedecinTraitant = &m
		}
		copie.Droits = &d
	}
	b, err := simphonie.MarshalEnClair(&copie)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// memes says that two answers hold the same, their anomalies apart.
func memes(a, b *modele.Reponse) bool {
	x, y := *a, *b
	x.Anomalies, y.Anomalies = nil, nil
	return clair(&x) == clair(&y)
}

// reponses writes every example and reads it back.
func (s *suite) reponses() {
	for _, ex := range s.exemples() {
		cas := "réponse " + ex.nom
		el := s.ecrit(cas, ex.reponse)
		if el == nil {
			continue
		}
		r, err := s.decode(cas, el)
		switch {
		case err != nil:
			s.faute(cas, "refused: %v", err)
		case clair(r) != clair(ex.reponse):
			s.faute(cas, "read as something else: %s", difference(r, ex.reponse))
		default:
			s.sansDonnees(cas, r)
		}
	}
}

// difference names the first field that differs, without its value.
func difference(lu, attendu *modele.Reponse) string {
	if len(lu.Anomalies) > 0 {
		return fmt.Sprintf("anomalies %v", lu.Anomalies.Codes())
	}
	if lu.Droits != nil && attendu.Droits != nil {
		a, b := reflect.ValueOf(*lu.Droits), reflect.ValueOf(*attendu.Droits)
		for i := range a.NumField() {
			x, errX := simphonie.MarshalEnClair(a.Field(i).Interface())
			y, errY := simphonie.MarshalEnClair(b.Field(i).Interface())
			if nom := a.Type().Field(i).Name; nom != "Support" && nom != "Le" && (errX != nil || errY != nil || string(x) != string(y)) {
				return "Droits." + nom
			}
		}
	}
	return "Issue, Messages, Instant, or the presence of Droits"
}

// personnels are texts of the examples that nothing may print.
var personnels = []string{nirAssure[:13], nirCorse[:13], "ADRTROIS", "DOMINIQUE", "AJACCIO", "D'AEION", "SIMUL ", "1997-02-26"}

// sansDonnees prints a value in every way that a program prints by mistake.
func (s *suite) sansDonnees(cas string, v any) {
	var b strings.Builder
	for _, verbe := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		fmt.Fprintf(&b, verbe+"\n", v)
	}
	if err, ok := v.(error); ok {
		fmt.Fprintf(&b, "%v", err.Error())
	}
	if j, err := json.Marshal(v); err == nil {
		b.Write(j)
	}
	for _, p := range personnels {
		if strings.Contains(b.String(), p) || strings.Contains(b.String(), fmt.Sprintf("%x", p)) {
			s.faute(cas, "personal data is printed")
			return
		}
	}
}
