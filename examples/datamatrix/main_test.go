package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/simphonie/simphonie/datamatrix"
)

const carte = "amc#1#99999999##12345678#sppgeh/\r\n"

func lance(t *testing.T, entree string, args ...string) (code int, sortie, erreurs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = execute(context.Background(), args, strings.NewReader(entree), &o, &e)
	return code, o.String(), e.String()
}

func TestTexteJSON(t *testing.T) {
	for _, c := range []struct {
		args  []string
		texte string
	}{
		{[]string{"-json", "-"}, "AMC#1#99999999##***#SPPGEH/"},
		{[]string{"-json", "-clair", "-"}, "AMC#1#99999999##12345678#SPPGEH/"},
	} {
		code, sortie, erreurs := lance(t, carte, c.args...)
		var r struct {
			File, Kind, Text string
			Position         map[string]any
			Repairs          []string
			Keys             []map[string]string
		}
		if err := json.Unmarshal([]byte(sortie), &r); err != nil || code != 0 || erreurs != "" {
			t.Fatalf("%d %q %q: %v", code, sortie, erreurs, err)
		}
		if r.File != "-" || r.Kind != "amc" || r.Text != c.texte || r.Position["end"] != 34.0 ||
			len(r.Repairs) != 2 || len(r.Keys) != 2 || r.Keys[0]["convention"] != "SP" {
			t.Errorf("%+v", r)
		}
	}
}

func TestTexteLisible(t *testing.T) {
	code, sortie, _ := lance(t, carte, "-")
	for _, veut := range []string{"amc", "***", "DM-REPARE-CASSE", "DM-AMC-DOMAINE-DEDUIT", "annuaire   HOSP : AMC 99999999, convention SP"} {
		if !strings.Contains(sortie, veut) {
			t.Errorf("%q is missing from %s", veut, sortie)
		}
	}
	if code != 0 || strings.Contains(sortie, "12345678") {
		t.Errorf("%d %s", code, sortie)
	}
}

func TestRienLu(t *testing.T) {
	code, sortie, erreurs := lance(t, "AMC#1#99999999##12345678", "-json", "-")
	if code != 1 || !strings.Contains(sortie, `"DM-AMC-TRONQUEE"`) || strings.Contains(sortie+erreurs, "12345678") || erreurs == "" {
		t.Errorf("%d %q %q", code, sortie, erreurs)
	}
	if code, sortie, _ := lance(t, "AMC#1#99999999##12345678", "-clair", "-"); code != 1 || !strings.Contains(sortie, "12345678") {
		t.Errorf("%d %q", code, sortie)
	}
	if code, _, erreurs := lance(t, "", filepath.Join(t.TempDir(), "absent.png")); code != 1 || erreurs == "" {
		t.Errorf("%d %q", code, erreurs)
	}
	for _, args := range [][]string{nil, {"-inconnu"}} {
		if code, _, erreurs := lance(t, "", args...); code != 2 || !strings.Contains(erreurs, "usage") {
			t.Errorf("%v: %d %q", args, code, erreurs)
		}
	}
}

func TestImage(t *testing.T) {
	fichier := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(fichier, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	ancien := litImage
	t.Cleanup(func() { litImage = ancien })
	var symboles []datamatrix.Symbole
	litImage = func(context.Context, io.Reader) ([]datamatrix.Symbole, error) { return symboles, nil }
	if code, _, erreurs := lance(t, "", fichier); code != 1 || !strings.Contains(erreurs, "no code") {
		t.Errorf("%d %q", code, erreurs)
	}
	l, err := datamatrix.ParseText("AMC#1#99999999##12345678#SPPGEH/", datamatrix.OptionsTexte{AIM: "]d1"})
	if err != nil {
		t.Fatal(err)
	}
	symboles = []datamatrix.Symbole{{Lecture: l, Coins: [4]datamatrix.Point{{X: 1, Y: 2}}, Angle: 30, Occurrences: 2}}
	code, sortie, _ := lance(t, "", "-json", fichier)
	for _, veut := range []string{`"corners":[{"x":1,"y":2}`, `"angle":30`, `"count":2`, `"aim":"]d1"`, `"repairs":[]`} {
		if code != 0 || !strings.Contains(sortie, veut) {
			t.Errorf("%d: %s is missing from %s", code, veut, sortie)
		}
	}
	litImage = func(context.Context, io.Reader) ([]datamatrix.Symbole, error) { return nil, errors.New("broken") }
	if code, _, erreurs := lance(t, "", fichier); code != 1 || !strings.Contains(erreurs, "broken") {
		t.Errorf("%d %q", code, erreurs)
	}
}
