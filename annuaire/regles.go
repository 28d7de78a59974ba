package annuaire

import (
	"slices"

	"github.com/simphonie/simphonie"
)

// Sources of the rules.
const (
	srcRoutage  = "Annuaire AMC, routage des flux par l'attestation de tiers payant"
	srcSecurite = "Sécurité du SDK : adresses reçues de tiers"
	srcMemoire  = "Conception du SDK : mode dégradé"
)

var regles = []simphonie.Regle{
	{Code: "ANN-HORS-ANNUAIRE", Source: srcRoutage, Gravite: simphonie.Information,
		Message: "L'AMC n'est pas dans l'annuaire pour {0} : suivez le circuit papier. Les droits du patient ne sont pas en cause."},
	{Code: "ANN-CHOIX", Source: srcRoutage, Gravite: simphonie.AVerifier,
		Message: "{0} routes conviennent également : choisissez l'opérateur d'après l'attestation."},
	{Code: "ANN-SANS-ADRESSE", Source: srcRoutage, Gravite: simphonie.Alerte,
		Message: "L'AMC est dans l'annuaire, sans adresse utilisable pour {0}."},
	{Code: "ANN-ENTREE-EXPIREE", Source: srcRoutage, Gravite: simphonie.Alerte,
		Message: "La route {0} de l'annuaire n'est plus valable : elle n'est pas utilisée."},
	{Code: "ANN-NON-INTERROGE", Source: srcMemoire, Gravite: simphonie.Information,
		Message: "L'annuaire est débrayé et rien n'est connu de cette AMC pour {0}."},
	{Code: "ANN-DEGRADE", Source: srcMemoire, Gravite: simphonie.Alerte,
		Message: "L'annuaire ne répond pas ou est débrayé : sa dernière bonne réponse, vieille de {0}, est utilisée."},
	{Code: "ANN-URL-FORME", Source: srcSecurite, Gravite: simphonie.Alerte,
		Message: "L'adresse {0} de la route {1} n'a pas la forme d'une URL : elle n'est pas utilisée."},
	{Code: "ANN-URL-SCHEMA", Source: srcSecurite, Gravite: simphonie.Alerte,
		Message: "L'adresse {0} de la route {1} n'est pas en https : elle n'est pas utilisée."},
	{Code: "ANN-URL-IDENTIFIANTS", Source: srcSecurite, Gravite: simphonie.Alerte,
		Message: "L'adresse {0} de la route {1} contient des identifiants : elle n'est pas utilisée."},
	{Code: "ANN-URL-PRIVEE", Source: srcSecurite, Gravite: simphonie.Alerte,
		Message: "L'adresse {0} de la route {1} mène à un réseau privé : elle n'est pas utilisée."},
	{Code: "ANN-URL-HOTE", Source: srcSecurite, Gravite: simphonie.Alerte,
		Message: "L'adresse {0} de la route {1} mène à un serveur qui n'est pas admis : elle n'est pas utilisée."},
	{Code: "ANN-MEL-FORME", Source: srcSecurite, Gravite: simphonie.Alerte,
		Message: "L'adresse {0} de la route {1} n'a pas la forme d'une boîte aux lettres : elle n'est pas utilisée."},
}

// Regles lists the rules of the directory.
func Regles() []simphonie.Regle { return slices.Clone(regles) }

func anomalie(code simphonie.Code, chemin string, valeurs ...string) simphonie.Anomalie {
	i := slices.IndexFunc(regles, func(r simphonie.Regle) bool { return r.Code == code })
	return regles[i].Anomalie(chemin, valeurs...)
}
