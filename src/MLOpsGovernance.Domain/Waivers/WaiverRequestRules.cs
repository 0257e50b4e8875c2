using System.Collections.Immutable;
using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;

namespace MLOpsGovernance.Domain.Waivers;

/// <summary>What may be asked for: a waivable rule, an environment that exists, an end that the policy allows, and nothing that is waived for as long already. The model decides it, so that two who ask at once are told apart.</summary>
internal static class WaiverRequestRules
{
    internal static Decision Note(Model model, NoteWaiver note, Actor actor, DateTimeOffset at)
    {
        if (model.Waivers.Exists(w => w.Id == note.Id)) return Nothing;
        if (!actor.Human) return Forbidden("requester-not-human", "A waiver is asked for by a person, never by a pipeline.");
        if (note.Rule is not { } rule) return Unprocessable("rule-unknown", $"The policies in force have no rule {note.RuleId}.");
        if (!rule.Waivable) return Unprocessable("rule-not-waivable", $"{rule.Rule} of {rule.Policy} is never waived.");
        if (!note.EnvironmentExists) return Unprocessable("environment-unknown", $"There is no environment {note.Environment}.");

        var version = VersionOf(model, note);
        if (version is null && note.Version is { } number) return ModelDecider.UnknownVersion(model, number);
        if (note.ArtifactDigest is { } digest && (version is null || !Is(version, digest)))
            return Unprocessable("digest-unknown", $"{(version is null ? "No version" : $"Version {version.Number}")} of {model.Name} has the artifact or image {digest}.");
        return Obstacle(model, version) is { } obstacle ? Refuse(obstacle.Code, obstacle.Why, obstacle.Kind)
            : Faulty(rule, note.ExpiresAt, note.HasControl, at) ?? Repeated(model, note, version, at)
            ?? Accept(new ModelWaiverNoted(note.Id, rule.Rule, note.Environment, version?.Number, version is null ? null : DigestsOf(version), note.ExpiresAt, Renewed(model, note, version, at)?.Id, actor.Subject, at));
    }

    /// <summary>For what nobody gives leave for, whatever a policy says: what serves no more, and what is or may be prohibited.</summary>
    internal static Refusal? Obstacle(Model model, ModelVersion? version) =>
        version is not null && ModelDecider.Unusable(model, version)?.Refusal is { } unusable ? unusable
        : model.JudgedRisk.EuAiAct == RiskClass.Prohibited || model.ProposedRisk?.EuAiAct == RiskClass.Prohibited
            ? new("prohibited-practice", $"{model.Name} is classified, or proposed to be, as a prohibited practice; nothing is waived for it.", RefusalKind.Conflict)
        : null;

    internal static Decision? Faulty(WaivableRule rule, DateTimeOffset expiresAt, bool hasControl, DateTimeOffset at) =>
        expiresAt <= at ? Unprocessable("expiry-passed", $"A waiver ends at a time after now, not on {Time(expiresAt)}.")
        : expiresAt > rule.LatestEnd(at) ? Unprocessable("waiver-too-long", $"{rule.Policy} allows a waiver until {Time(rule.LatestEnd(at))} at most, not until {Time(expiresAt)}.")
        : rule.ControlRequired && !hasControl ? Unprocessable("compensating-control-required", $"{rule.Policy} allows a waiver only with a compensating control: say what is done instead.")
        : null;

    private static Decision? Repeated(Model model, NoteWaiver note, ModelVersion? version, DateTimeOffset at) =>
        Standing(model, note, at).FirstOrDefault(w => Covers(w, version) && w.ExpiresAt >= note.ExpiresAt) is { } same
            ? Conflict("waiver-exists", $"{note.RuleId} is waived for that, or somebody asked that it be, until {Time(same.ExpiresAt)}: waiver {same.Id}. Another must last longer, or that one be withdrawn or revoked first.")
        : model.CurrentWaivers.Count(w => w.Environment == note.Environment && at < w.ExpiresAt && !note.Ended.Contains(w.Id, StringComparer.Ordinal)) >= Waiver.MostAtOnce
            ? Conflict("too-many-waivers", $"{model.Name} has {Waiver.MostAtOnce} waivers in {note.Environment}, approved or asked for; no more are looked at.")
        : null;

    /// <summary>The waiver of exactly the same scope that this one outlasts.</summary>
    private static NotedWaiver? Renewed(Model model, NoteWaiver note, ModelVersion? version, DateTimeOffset at) =>
        Standing(model, note, at).Where(w => w.Version == version?.Number).MaxBy(w => w.ExpiresAt);

    private static IEnumerable<NotedWaiver> Standing(Model model, NoteWaiver note, DateTimeOffset at) =>
        model.CurrentWaivers.Where(w => w.Rule == note.RuleId && w.Environment == note.Environment && at < w.ExpiresAt && !note.Ended.Contains(w.Id, StringComparer.Ordinal));

    private static bool Covers(NotedWaiver waiver, ModelVersion? version) =>
        waiver.Version is null || (waiver.Version == version?.Number && waiver.Digests!.SequenceEqual(DigestsOf(version!), StringComparer.Ordinal));

    /// <summary>A digest alone names the latest version that has it.</summary>
    private static ModelVersion? VersionOf(Model model, NoteWaiver note) =>
        note.Version is { } number ? model.Versions.GetValueOrDefault(number)
        : note.ArtifactDigest is { } digest ? model.Versions.Values.LastOrDefault(v => Is(v, digest))
        : null;

    private static bool Is(ModelVersion version, string digest) => version.ArtifactDigest == digest || version.ImageDigest == digest;

    private static IReadOnlyList<string> DigestsOf(ModelVersion version) => version.ImageDigest is { } image && image != version.ArtifactDigest ? [version.ArtifactDigest, image] : [version.ArtifactDigest];

    internal static Model Keep(this Model model, ModelWaiverNoted e)
    {
        var noted = new NotedWaiver(e.Waiver, e.Rule, e.Environment, e.Version, e.Digests, e.ExpiresAt, e.Renews, e.At);
        return model with { Waivers = model.Waivers.Add(noted), CurrentWaivers = model.CurrentWaivers.RemoveAll(w => w.ExpiresAt <= e.At).Add(noted) };
    }

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
