namespace MLOpsGovernance.Reports.Contents;

/// <summary>Words of the service and how they stand.</summary>
internal static class Tones
{
    public static Tone OfOutcome(string? outcome) => outcome switch { "allow" => Tone.Good, "warn" => Tone.Attention, "deny" or "error" => Tone.Bad, null => Tone.Unknown, _ => Tone.Neutral };

    public static Tone OfState(string state) => state.ToLowerInvariant() switch
    {
        "in force" or "approved" or "live" or "closed" or "effective" or "done" or "pass" => Tone.Good,
        "expired" or "superseded" or "requested" or "in review" or "open" or "suspended" or "not tested" or "proposed" => Tone.Attention,
        "revoked" or "rejected" or "ineffective" or "fail" or "overdue" => Tone.Bad,
        _ => Tone.Neutral,
    };

    public static Tone OfSeverity(string severity) => severity.ToLowerInvariant() switch { "critical" or "high" => Tone.Bad, "medium" => Tone.Attention, _ => Tone.Neutral };

    public static Tone OfClass(string? euAiAct) => euAiAct switch { "prohibited" or "high" => Tone.Bad, "limited" => Tone.Attention, "minimal" => Tone.Good, null => Tone.Unknown, _ => Tone.Neutral };
}
