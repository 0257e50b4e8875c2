using FluentValidation;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Domain.AuditSamples;
using MLOpsGovernance.Server.Audit;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.AuditSamples;

/// <summary>Draws events from all that the log holds by now.</summary>
/// <param name="Seed">Published before the draw by who is to be convinced, so that nobody could choose.</param>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record DrawSample(TrailFilter Population, string Seed, int Count) : ICommand<AuditSampleView>
{
    public string Stream => "audit-sample";
}

/// <summary>Says what one of the drawn events shows; said again, it replaces what was said before.</summary>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record CheckSample(string Id, string Event, string Result, string? Comment, string? About) : ICommand<AuditSampleView>
{
    public string Stream => $"audit-sample:{Id}";
}

[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReadSample(string Id) : IQuery<AuditSampleView>, IWatched;

/// <param name="Format"><c>jsonl</c> or <c>csv</c>.</param>
[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ExportSample(string Id, string Format) : IQuery<FileAnswer>, IWatched;

[RequiresRole(Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ListSamples(Page Page) : IQuery<Listed<AuditSampleListing>>, IPaged;

internal sealed class DrawSampleRules : AbstractValidator<DrawSample>
{
    public DrawSampleRules()
    {
        RuleFor(c => c.Population).SetValidator(new TrailFilterRules());
        RuleFor(c => c.Seed).IsReference().NotEmpty().WithErrorCode("invalid-reference").WithMessage("must be 1 to 256 visible ASCII characters.");
        RuleFor(c => c.Count).InclusiveBetween(1, AuditSample.MostItems).WithErrorCode("invalid-count").WithMessage($"must be 1 to {AuditSample.MostItems}.");
    }
}

internal sealed class CheckSampleRules : AbstractValidator<CheckSample>
{
    public CheckSampleRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Event).IsId();
        RuleFor(c => c.Result).IsOneOf(AuditSample.Results);
        RuleFor(c => c.Comment).IsText(1, 4000).When(c => c.Comment is not null);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ExportSampleRules : AbstractValidator<ExportSample>
{
    public ExportSampleRules() => RuleFor(q => q.Format).IsOneOf(ExportWriter.Formats);
}

internal sealed record AuditSampleListing(string Id, SampledPopulation Population, string Seed, int Count, long Total, int Checked, string DrawnBy, DateTimeOffset DrawnAt)
{
    public static AuditSampleListing Of(AuditSample s) => new(s.Id!, s.Population, s.Seed, s.Items.Count, s.Total, s.Findings.Count, s.DrawnBy, s.DrawnAt);
}

/// <param name="Total">How many events the population held.</param>
/// <param name="Algorithm">How they were drawn, in a sentence.</param>
internal sealed record AuditSampleView(
    string Id, SampledPopulation Population, string Seed, long Total, string Algorithm, string DrawnBy, DateTimeOffset DrawnAt, IReadOnlyList<SampledEventView> Items);

/// <param name="Number">In the order in which they were drawn, from 1.</param>
/// <param name="Result"><c>in-order</c>, <c>exception</c> or <c>not-applicable</c>; null while nobody looked.</param>
/// <param name="Proof">Where the proof that the log holds it can be read.</param>
internal sealed record SampledEventView(
    int Number, string Event, ulong Index, string Stream, long Version, string Type, DateTimeOffset At, string Actor, string? Result, string? Comment, string? CheckedBy, DateTimeOffset? CheckedAt, string Proof);
