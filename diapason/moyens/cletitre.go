package moyens

import (
	"fmt"

	"github.com/simphonie/simphonie"
)

// CleTitre is the key of a titre de recette: two digits of the exercice and
// seven of the number (nine digits, RG_MF631), then in a public establishment
// the complement of six that the Trésor wants: establishment (3), product (1),
// 00 (RG_MF632). Nine digits or fifteen.
type CleTitre string

// NewCleTitre makes the nine digits of the titre of an exercice (2026 or 26).
func NewCleTitre(exercice, numero int) (CleTitre, error) {
	if exercice < 0 || exercice > 99 && exercice < 1000 || exercice > 9999 || numero < 1 || numero > 9_999_999 {
		return "", erreur("MOY-TITRE", "titre", "an exercice of two or four digits and a number of one to seven are wanted", simphonie.ErrSyntaxe)
	}
	return CleTitre(fmt.Sprintf("%02d%07d", exercice%100, numero)), nil
}

// AvecComplement gives the fifteen digits; the complement has six, and is not
// another one than that of the key.
func (c CleTitre) AvecComplement(complement string) (CleTitre, error) {
	k := c.Court() + CleTitre(complement)
	if len(complement) != 6 || k.Valide() != nil || c.Contredit(k) {
		return "", erreur("MOY-TITRE", "titre", "a titre of nine digits and a complement of six are wanted", simphonie.ErrSyntaxe)
	}
	return k, nil
}

// Valide reports another shape than nine or fifteen digits, or the number 0.
func (c CleTitre) Valide() error {
	ok := len(c) == 9 || len(c) == 15
	for i := range len(c) {
		ok = ok && c[i] >= '0' && c[i] <= '9'
	}
	if !ok || c.Numero() == "0000000" {
		return erreur("MOY-TITRE", "titre", "nine digits or fifteen are wanted: exercice (2), number (7), complement (6)", simphonie.ErrSyntaxe)
	}
	return nil
}

// Court gives the nine first digits, by which a titre is told from others.
func (c CleTitre) Court() CleTitre { return c[:min(9, len(c))] }

// Exercice gives the two digits of the year, Numero the seven of the number,
// Complement the six others or nothing.
func (c CleTitre) Exercice() string { return string(c[:min(2, len(c))]) }

// Numero gives the seven digits of the number.
func (c CleTitre) Numero() string { return string(c[min(2, len(c)):min(9, len(c))]) }

// Complement gives the six last digits, or "".
func (c CleTitre) Complement() string { return string(c[min(9, len(c)):]) }

// Contredit says that two keys cannot be those of one titre.
func (c CleTitre) Contredit(d CleTitre) bool {
	n := min(len(c), len(d))
	return c[:n] != d[:n]
}
