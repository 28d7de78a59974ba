"""Checks, with another reader of JSON Schema, that the visits of the example and
the answers of the filter are what docs/schemas say, and that broken ones are not."""
import copy, json, subprocess, sys
import jsonschema

demande = json.load(open("docs/schemas/urgences-demande.v1.json"))
reponse = json.load(open("docs/schemas/urgences-reponse.v1.json"))
for s in (demande, reponse):
    jsonschema.Draft202012Validator.check_schema(s)
vd, vr = jsonschema.Draft202012Validator(demande), jsonschema.Draft202012Validator(reponse)

cas = json.load(open("examples/parcours/passages.json"))
demandes = [{"format": "simphonie.urgences.demande/1", "id": str(i), "passage": c["passage"]} for i, c in enumerate(cas)]
for d in demandes:
    vd.validate(d)
bad = copy.deepcopy(demandes[0])
bad["passage"]["venu"] = "x"
assert not vd.is_valid(bad)
bad = copy.deepcopy(demandes[0])
del bad["passage"]["naissance"]
assert not vd.is_valid(bad)

entree = "\n".join(json.dumps(d) for d in demandes) + "\n{\n"
sans_tarif = copy.deepcopy(demandes[0])
sans_tarif["passage"]["etablissement"]["secteur"] = "ex-oqn"
sans_tarif["passage"]["arrivee"] = sans_tarif["passage"]["debutSoins"] = "2024-03-04T10:00:00+01:00"
sans_tarif["passage"]["sortie"] = "2024-03-04T12:00:00+01:00"
entree += json.dumps(sans_tarif) + "\n"
sortie = subprocess.run(["go", "run", "./examples/urgences", "-fictif", "-explain", "-connu-au", "2026-11-01"],
                        input=entree.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
reponses = [json.loads(l) for l in sortie.splitlines()]
assert len(reponses) == len(demandes) + 2, len(reponses)
for r in reponses:
    vr.validate(r)
assert reponses[-1]["erreur"]["manquants"][0]["secteur"] == "ex-oqn"
def filtre(d):
    vd.validate(d)
    r = subprocess.run(["go", "run", "./examples/urgences", "-fictif", "-connu-au", "2026-11-01"],
                       input=json.dumps(d).encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    vr.validate(json.loads(r))
    return json.loads(r)

base = {"format": "simphonie.urgences.demande/1", "id": "vie", "passage": cas[2]["passage"]}
part = filtre({**base, "operation": "part-patient"})["resultat"]
suite = filtre({**base, "operation": "forfaits"})["resultat"]
tout = filtre({**base, "operation": "fusion", "partPatient": part, "forfaits": suite})["resultat"]
assert tout["issue"] == "facturable", tout
filtre({"format": base["format"], "operation": "requalification", "emise": tout, "orientation": "uhcd",
        "encaissements": [{"debiteur": {"type": "patient"}, "montant": "9.96"}]})

bad = copy.deepcopy(reponses[0])
bad["erreur"] = {"code": "x", "message": "y"}
assert not vr.is_valid(bad)
print(f"schemas: {len(demandes)} requests and {len(reponses)} answers are valid, broken ones are not")

# External care.
ad, ar = (jsonschema.Draft202012Validator(json.load(open(f"docs/schemas/ace-{n}.v1.json"))) for n in ("demande", "reponse"))
for v in (ad, ar):
    jsonschema.Draft202012Validator.check_schema(v.schema)
jour = "2026-05-12"
acte = {"execution": jour, "executant": {"specialite": "04"}, "parcours": "medecin-traitant"}
venue = {"venue": "900000002", "entree": jour, "sortie": jour, "naissance": "1980-06-15",
         "etablissement": {"finess": "750712184", "secteur": "ex-dg", "territoire": "metropole"},
         "droits": {"support": "cdri", "organisme": {"regime": "01", "caisse": "751", "centre": "0000"}, "medecinTraitant": {"declare": True}},
         "prestations": [{**acte, "nomenclature": "ngap", "code": "CS", "executant": {"specialite": "15"}},
                         {**acte, "nomenclature": "ccam", "ccam": {"acte": "ZZFA901", "activite": "1", "phase": "0"}}]}
def ace(d):
    ad.validate(d)
    r = subprocess.run(["go", "run", "./examples/ace", "-fictif", "-explain", "-connu-au", "2026-11-01"],
                       input=json.dumps(d).encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    ar.validate(json.loads(r))
    return json.loads(r)
d = {"format": "simphonie.ace.demande/1", "id": "1", "venue": venue}
r = ace(d)
assert r["resultat"]["issue"] == "facturable", r
venue["droits"]["mtm"] = [{"code": "9"}]
assert ace({**d, "avant": r["resultat"]})["difference"]["lignes"], "the régime local changes both lines"
ar.validate(json.load(open("examples/ace/testdata/reponse.v1.json")))
venue["venu"] = "x"
assert not ad.is_valid(d)
print("schemas: requests and answers of external care are valid, a broken one is not")
