package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/draw"
	"image/png"
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

// A page holds two copies of a card, an INS label and a postal code.
func TestImage(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 600, 500))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	for i, texte := range []string{"AMC#1#99999999##12345678#SPPGEH/", "AMC#1#99999999##12345678#SPPGEH/", "0123456789012345678901234567890123456"} {
		m, err := datamatrix.EncodeOctets([]byte(texte), datamatrix.OptionsSymbole{})
		if err != nil {
			t.Fatal(err)
		}
		im, err := m.Image(datamatrix.OptionsImage{Module: 4})
		if err != nil {
			t.Fatal(err)
		}
		draw.Draw(page, im.Bounds().Add(image.Pt(20+190*i, 30+120*i)), im, im.Bounds().Min, draw.Src)
	}
	dir := t.TempDir()
	fichier := filepath.Join(dir, "page.png")
	f, err := os.Create(fichier)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(f, page), f.Close()); err != nil {
		t.Fatal(err)
	}
	code, sortie, erreurs := lance(t, "", "-json", fichier)
	if code != 0 || strings.Count(sortie, "\n") != 2 || erreurs != "" {
		t.Fatalf("%d %q %q", code, sortie, erreurs)
	}
	for _, veut := range []string{`"kind":"amc"`, `"text":"AMC#1#99999999##***#SPPGEH/"`, `"count":2`, `"corners":[{`, `"aim":"]d1"`, `"repairs":[]`, `"convention":"SP"`} {
		if !strings.Contains(sortie, veut) {
			t.Errorf("%s is missing from %s", veut, sortie)
		}
	}
	if code, sortie, _ := lance(t, "", "-json", "-clair", fichier); code != 0 || !strings.Contains(sortie, "12345678#SPPGEH") {
		t.Errorf("%d %s", code, sortie)
	}
	vide := filepath.Join(dir, "vide.png")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 50, 50))); err != nil {
		t.Fatal(err)
	}
	enorme := append([]byte{}, b.Bytes()...)
	copy(enorme[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65536 × 65536 in the header
	for nom, contenu := range map[string][]byte{vide: b.Bytes(), filepath.Join(dir, "enorme.png"): enorme, filepath.Join(dir, "faux.png"): []byte("x")} {
		if err := os.WriteFile(nom, contenu, 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, erreurs := lance(t, "", nom); code != 1 || erreurs == "" {
			t.Errorf("%s: %d %q", nom, code, erreurs)
		}
	}
}
