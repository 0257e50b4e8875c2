using MLOpsGovernance.Domain.Models;
using static MLOpsGovernance.Domain.Decision;
using static MLOpsGovernance.Domain.Models.ModelDecider;

namespace MLOpsGovernance.Domain.Monitoring;

/// <summary>
/// What is seen of a version in use. A baseline is frozen: a pipeline sets the first one, and only a person puts another in its place, because whoever does makes every drift so far disappear.
/// </summary>
internal static class MonitoringRules
{
    /// <summary>Two clocks that differ by this much are no reason to refuse.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    internal static Decision Note(Model model, NoteMonitoring note, Actor actor, DateTimeOffset at)
    {
        if (!model.Versions.TryGetValue(note.Version, out var version)) return UnknownVersion(model, note.Version);
        if (Refused(model, version, note, actor, at) is { } refused) return refused;

        List<object> events = [];
        if (note.Baseline is { } baseline && baseline.Digest != version.Monitoring.Baseline)
            events.Add(new MonitoringBaselineFrozen(note.Version, baseline.Digest, baseline.Features, version.Monitoring.Baseline, baseline.Reason, actor.Subject, at));
        if (note.Report is not { } report) return Accept([.. events]);
        events.Add(new MonitoringReported(
            note.Version, report.Id, report.Environment, report.From, report.ObservedAt, report.Source, report.Verdict, report.Features, report.Metrics, report.Watched, report.Baseline, report.Results,
            actor.Subject, actor.Owner, at));
        if (report is { Alarms: true, IncidentSeverity: { } severity } && !model.Incidents.Exists(i => i.IsOpen && i.Cause == Cause(note.Version)))
            events.Add(new IncidentReported(report.IncidentId, report.IncidentTitle, severity, note.Version, report.Environment, actor.Subject, at, Cause(note.Version)));
        return Accept([.. events]);
    }

    /// <summary>One incident at a time tells that a version is out of order, however often it is reported.</summary>
    private static string Cause(int version) => $"monitoring:{version}";

    private static Decision? Refused(Model model, ModelVersion version, NoteMonitoring note, Actor actor, DateTimeOffset at)
    {
        if (note.Baseline is { } baseline && version.Monitoring.Baseline is { } before && baseline.Digest != before)
        {
            if (!baseline.Replace) return Conflict("baseline-frozen", $"Version {version.Number} of {model.Name} has a baseline since {Time(version.Monitoring.BaselineAt!.Value)}; leave the baseline out, or say replaceBaseline.");
            if (!actor.Human) return Forbidden("baseline-replaced-by-machine", "A baseline is replaced by a person who says why, never by a pipeline: with it every drift so far would disappear.");
        }

        if (note.Report is not { } report) return null;
        return report.ObservedAt > at + Grace ? Unprocessable("observed-in-the-future", $"What is reported was seen before now; {Time(report.ObservedAt)} has not come yet.")
            : report.From >= report.ObservedAt ? Unprocessable("observed-before-it-began", "observedFrom lies before observedAt.")
            // The caller compared with what it read; were it another by now, the answer would be about nothing.
            : report.Baseline is { } used && used != (note.Baseline?.Digest ?? version.Monitoring.Baseline) ? Conflict("baseline-changed", "The baseline was replaced meanwhile; report again.")
            : null;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
