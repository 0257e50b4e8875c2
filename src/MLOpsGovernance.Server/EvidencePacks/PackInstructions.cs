namespace MLOpsGovernance.Server.EvidencePacks;

internal static class PackInstructions
{
    public static string Of(string model, string origin) => $"""
        # Evidence of the model {model}

        This pack shows what was decided about the model, by whom and on which facts. Nothing in it has to be believed: with the public key of the log `{origin}`, which you have from elsewhere,
        everything is checked on a machine without a network.

            mlgov verify pack PACK.zip --key log.keys
            mlgov verify decision DECISION --pack PACK.zip --key log.keys

        The `log.keys` in the pack is a copy. Compare it with the key that you were told on another way, and check with that one.

        | file | what it is |
        |---|---|
        | `manifest.json` | what the pack is of, and the SHA-256 of every other file |
        | `checkpoint` | the signed state of the log that all proofs lead to (C2SP signed note) |
        | `log.keys`, `verdict.pem` | the public keys of the log and of verdicts |
        | `events.jsonl` | the events: those of the model from its first on, those of its waivers, and the decisions of the period. Each line has the event as it is shown, the entry of the log (`leaf`, base64) and its receipt (C2SP tlog-proof) |
        | `facts/` | what decisions rested on, each named by its SHA-256 |
        | `policies/` | the policy sets that decided, each named by its digest |
        | `model.json` | the model as it stood at the end of the period. Derived from the events; not signed |

        Texts that people wrote are sealed in the log and shown opened beside it; `[erased]` stands where the key of a text was destroyed. A proof shows that an event stands in the log as it was
        signed. It does not show that nothing was left out before it was logged, nor that the model's outputs were right.

        """;
}
