package concert

import (
	"context"
	"time"
)

// Telecollecte asks the terminal to hand its transactions over to the bank (CD
// B). One vendor documents it, for V3 only; nothing is paid by it.
func (c *Caisse) Telecollecte(ctx context.Context) (*Reponse, error) {
	return c.commande(ctx, "B", Message{})
}

// Imprime has the terminal print (CD P). One vendor documents it, for V3 only;
// the items of zt are those that its document wants inside ZT.
func (c *Caisse) Imprime(ctx context.Context, zt Message) (*Reponse, error) {
	return c.commande(ctx, "P", zt)
}

// commande asks for an action that moves no money. It is not journalled.
func (c *Caisse) commande(ctx context.Context, action string, zt Message) (*Reponse, error) {
	if c == nil {
		return nil, erreur("TPE-CONFIG", "", "a Caisse is made by New")
	}
	l, ok := c.cfg.Liaison.(*liaisonV3)
	if !ok {
		return nil, erreur("TPE-ORDRE", "", "Concert V3 only")
	}
	m := l.entete(c.cfg.Numero)
	m.Ajoute("CD", action)
	if len(zt.items) > 0 {
		b, err := zt.groupe()
		if err != nil {
			return nil, err
		}
		m.Ajoute("ZT", string(b))
	}
	if !c.occupee.TryLock() {
		return nil, nonParti("TPE-OCCUPE", "this terminal has an order already", nil)
	}
	defer c.occupee.Unlock()
	ctx, fin := context.WithTimeout(ctx, c.cfg.Delai)
	defer fin()
	recu, err := l.message(ctx, m, func(m Message) time.Duration {
		if m.valeur("AE") == "" {
			return 0
		}
		return repos
	})
	if err != nil {
		return nil, err
	}
	if v := recu.valeur("CD"); v != "" && v != action {
		return nil, inconnu("TPE-ECART", "the answer is that of another action", nil)
	}
	return &Reponse{Statut: statutsV3[recu.valeur("AE")], Motif: lisMotif(recu.valeur("AF"))}, nil
}
