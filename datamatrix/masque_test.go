package datamatrix

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// Canary values: a member number, an identity, a document, a wristband and
// opaque texts. Each appears in the input and may appear in no printed form.
var canaris = []string{"CANARI77", "CANARINOM", "CANARIPRENOM", "275126322074974", "1975-12-31", "31-12-1975", "CANARIFIN",
	"CANARIRUE", "CANARISERVICE", "CANARIJSON", "CANARIURL", "canari libre", "CANARI15434", "2751263220749", "987654321012"}

func textesCanaris() []string {
	ins := enteteINS + "S1275126322074974S21.2.250.1.213.1.4.8\x1dS3CANARIPRENOM\x1dS4CANARINOM\x1d"
	return []string{
		"AMC#1#99999999##CANARI77#SPPGSH/CANARIFIN",
		"amc#1#99999999##canari77#sppgsh/canarifin",
		"AMC#1#99999999##CANARI77",
		"AMC#1#99999999##CANARI77#SPPGSH/\r\nAMC#1#99999999##CANARI77X#SPPGSH/",
		ins + "S5FS631-12-1975S763220S9CANARINOM", ins + "S5FS631-12", ins + "S4CANARINOM\x1d",
		ins + "S5FS6CANARINOM8",
		doc2D + "20CANARIRUE\x1d2475011" + doc2DFin, doc2D + "20CANARIRUE\x1d247" + doc2DFin, "DC04CANARI",
		"\x1d8018275126322074974000\x1d21CANARI", "\x1d8018CANARISERVICE", "\x1d8018CANARISERVICE\x1d9",
		"[)>\x1e06\x1dCANARI15434\x1e\x04", "275126322074974", "2751263220749", "987654321012987654321012",
		`{"a":"CANARIJSON"}`, "https://x.example/CANARIURL?n=CANARIURL", "canari libre",
		usSurFR("AMC#1#99999999##CANARI77#SPPGSH/"),
	}
}

// imprimes gives every printed form of a value.
func imprimes(t *testing.T, v any) []string {
	var out []string
	for _, verbe := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p"} {
		out = append(out, fmt.Sprintf(verbe, v))
	}
	if err, ok := v.(error); ok {
		out = append(out, fmt.Errorf("around: %w", err).Error())
	} else {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	var journal bytes.Buffer
	for _, h := range []slog.Handler{slog.NewTextHandler(&journal, &slog.HandlerOptions{Level: slog.LevelDebug}), slog.NewJSONHandler(&journal, nil)} {
		slog.New(h).Error("reading", "value", v, slog.Group("in", "value", v))
	}
	return append(out, journal.String())
}

func TestMasque(t *testing.T) {
	total := 0
	for _, texte := range textesCanaris() {
		for _, o := range []OptionsTexte{{}, {Strict: true}} {
			l, err := ParseText(texte, o)
			valeurs := []any{l, &l, l.Masque(), l.Reparations, l.Avertissements, l.Anomalies()}
			if l.Valeur != nil {
				valeurs = append(valeurs, l.Valeur, []Valeur{l.Valeur}, map[string]Valeur{"v": l.Valeur})
			}
			if err != nil {
				valeurs = append(valeurs, err)
			}
			if e, ok := l.Valeur.(Encodable); ok {
				if m, err := Encode(e, OptionsSymbole{}); err == nil {
					valeurs = append(valeurs, m, &m)
				}
				if a, ok := e.(AttestationAMC); ok {
					a.Version = ""
					_, err := a.EncodeText()
					valeurs = append(valeurs, err)
				}
			}
			for _, v := range valeurs {
				for _, s := range imprimes(t, v) {
					total += len(s)
					if len(s) == 0 {
						t.Errorf("%T: nothing was captured", v)
					}
					cherche(t, texte, v, s)
				}
			}
		}
	}
	if total < 100_000 {
		t.Errorf("only %d characters were captured", total)
	}
	// The search itself finds what is not masked.
	var vu testing.T
	cherche(&vu, "", nil, "xxCANARI77xx")
	if !vu.Failed() {
		t.Error("the search finds nothing")
	}
}

func cherche(t *testing.T, texte string, v any, s string) {
	haut := strings.ToUpper(s)
	for _, c := range canaris {
		c = strings.ToUpper(c)
		octets := strings.Trim(fmt.Sprint([]byte(c)), "[]")
		for _, forme := range []string{c, strings.ToUpper(hex.EncodeToString([]byte(c))), octets, strings.ToUpper(base64.StdEncoding.EncodeToString([]byte(c))[:len(c)])} {
			if strings.Contains(haut, forme) {
				t.Errorf("%T of %.12q…: %q in %s", v, texte, c, s)
				return
			}
		}
	}
}

// Clair gives everything back.
func TestClair(t *testing.T) {
	const texte = "AMC#1#99999999##CANARI77#SPPGSH/CANARIFIN"
	l := lis(t, "]d1"+texte)
	a := l.Valeur.(AttestationAMC)
	egal(t, "raw", l.Brut.Clair(), "]d1"+texte)
	egal(t, "text", l.Texte.Clair(), texte)
	egal(t, "member", a.NumeroAdherent.Clair(), "CANARI77")
	egal(t, "masked", l.Masque(), "AMC#1#99999999##***#SPPGSH/***")
	egal(t, "string", l.String(), "amc AMC#1#99999999##***#SPPGSH/***")
}
