using FluentValidation;
using MLOpsGovernance.Advisor.Maturity;
using MLOpsGovernance.Domain;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Maturity;

internal interface IAssessmentCommand : ICommand<AssessmentView>
{
    string Id { get; }

    string IAimed.Stream => $"assessment:{Id}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record BeginAssessment(string Team, string? Instrument, int? WindowDays) : ICommand<AssessmentView>, IRegistered
{
    public string Stream => $"team:{Team}";
}

/// <summary>One respondent's answer to one question; kept as a draft until the assessment is completed.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record AnswerQuestion(string Id, string Question, int? Step, double? Coverage, double? Mode, string? Note, string? Reference, string? About) : IAssessmentCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record ReviewAnswer(string Id, string Question, string? Note, string? About) : IAssessmentCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record AskExemption(string Id, string Question, string Reason, DateTimeOffset? Until, string? About) : IAssessmentCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record AgreeExemption(string Id, string Question) : IAssessmentCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.AiRiskOfficer, Roles.ChiefRiskOfficer, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record EndExemption(string Id, string Question) : IAssessmentCommand;

[RequiresRole(Roles.EngineeringLead, Roles.Contributor, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record TuneAssessment(string Id, IReadOnlyDictionary<string, double> Targets, IReadOnlyDictionary<string, double> Weights) : IAssessmentCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record DeclareSkills(string Id, string Subject, IReadOnlyList<string> TeamRoles, IReadOnlyDictionary<string, int> Skills) : IAssessmentCommand;

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record MarkSystemTest(string Id, string System, string Test, double? Mark) : ICommand<SystemSheetView>
{
    public string Stream => $"assessment:{Id}";
}

[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ModelValidator, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record AgreeSystemTestMark(string Id, string System, string Test) : ICommand<SystemSheetView>
{
    public string Stream => $"assessment:{Id}";
}

/// <summary>Freezes everything that the assessment rests on and comes to.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.ComplianceOfficer, Roles.Administrator)]
internal sealed record CompleteAssessment(string Id) : IAssessmentCommand;

[AnyRole]
internal sealed record ReadAssessment(string Id) : IQuery<AssessmentView>;

[AnyRole]
internal sealed record ExportAssessment(string Id) : IQuery<AssessmentExport>;

[AnyRole]
internal sealed record ListAssessments(string? Team, bool? Completed, Page Page) : IQuery<Listed<AssessmentListing>>, IPaged;

/// <summary>What one question alone would change, if it were answered so and the answer were borne out.</summary>
[AnyRole]
internal sealed record AskWhatIf(string Id, string Question, double? Coverage, double? Mode) : IQuery<WhatIfView>;

[AnyRole]
internal sealed record ReadSystemSheet(string Id, string System) : IQuery<SystemSheetView>;

/// <summary>What people said they can do: everybody their own, the leads of the team all of it.</summary>
[RequiresRole(Roles.Contributor, Roles.EngineeringLead, Roles.Administrator)]
internal sealed record ReadSkills(string Id) : IQuery<Listed<DeclaredSkillsView>>;

internal sealed class BeginAssessmentRules : AbstractValidator<BeginAssessment>
{
    public BeginAssessmentRules()
    {
        RuleFor(c => c.Team).IsName();
        RuleFor(c => c.Instrument).Must(i => i is null || Instruments.Find(i) is not null).WithErrorCode("unknown-instrument").WithMessage($"the instruments are {string.Join(", ", Instruments.Names)}.");
        RuleFor(c => c.WindowDays).Must(d => d is null or (>= 7 and <= 3660)).WithErrorCode("window-out-of-range").WithMessage("the window is 7 to 3660 days.");
    }
}

internal sealed class AnswerQuestionRules : AbstractValidator<AnswerQuestion>
{
    public AnswerQuestionRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Question).Must(Instruments.Asks).WithErrorCode("unknown-question").WithMessage($"{Instrument.Shipped.Name} {Instrument.Shipped.Version} has no such question; GET /api/v1/instruments/{Instrument.Shipped.Name} lists them.");
        RuleFor(c => c.Step).Must(s => s is null or (>= 0 and <= 4)).WithErrorCode("step-out-of-range").WithMessage("a step is 0 to 4, as the instrument describes them.");
        RuleFor(c => c.Coverage).Must((c, v) => c.Step is null == v is not null).WithErrorCode("coverage-missing").WithMessage("an answer has either a step, or a coverage and a mode.");
        RuleFor(c => c.Coverage).Must(v => v is null || AnswerScale.Coverages.Contains(v.Value)).WithErrorCode("coverage-out-of-range").WithMessage("coverage is 0 (none), 0.25 (some), 0.5 (at least half) or 1 (most or all).");
        RuleFor(c => c.Mode).Must((c, v) => c.Step is null || v is null).WithErrorCode("mode-with-step").WithMessage("a step says the mode too; leave it out.");
        RuleFor(c => c.Mode).Must(v => v is null || AnswerScale.Modes.Contains(v.Value)).WithErrorCode("mode-out-of-range").WithMessage("mode is 0 (not done), 0.5 (by hand, written down) or 1 (automated).");
        RuleFor(c => c.Mode).NotNull().When(c => c.Coverage is not null && Instrument.Shipped.Find(c.Question) is not null).WithErrorCode("mode-missing").WithMessage("an answer has either a step, or a coverage and a mode.");
        RuleFor(c => c.Note).IsText(0, 4000);
        RuleFor(c => c.Reference!).IsDigest().When(c => c.Reference is not null);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class ReviewAnswerRules : AbstractValidator<ReviewAnswer>
{
    public ReviewAnswerRules()
    {
        this.OfQuestion(c => c.Id, c => c.Question);
        RuleFor(c => c.Note).IsText(0, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class AskExemptionRules : AbstractValidator<AskExemption>
{
    public AskExemptionRules()
    {
        this.OfQuestion(c => c.Id, c => c.Question);
        RuleFor(c => c.Reason).IsText(1, 4000);
        RuleFor(c => c.About!).IsSubject().When(c => c.About is not null);
    }
}

internal sealed class AgreeExemptionRules : AbstractValidator<AgreeExemption>
{
    public AgreeExemptionRules() => this.OfQuestion(c => c.Id, c => c.Question);
}

internal sealed class EndExemptionRules : AbstractValidator<EndExemption>
{
    public EndExemptionRules() => this.OfQuestion(c => c.Id, c => c.Question);
}

internal sealed class TuneAssessmentRules : AbstractValidator<TuneAssessment>
{
    public TuneAssessmentRules() => RuleFor(c => c.Id).IsId();
}

internal sealed class DeclareSkillsRules : AbstractValidator<DeclareSkills>
{
    public DeclareSkillsRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.Subject).IsSubject();
        RuleFor(c => c.Skills).Must(s => s.Count <= Rules.MostListed && s.Keys.All(k => k.Length is >= 1 and <= 100 && !k.Any(char.IsControl))).WithMessage($"at most {Rules.MostListed} skills, each named by 1 to 100 characters.");
    }
}

internal sealed class MarkSystemTestRules : AbstractValidator<MarkSystemTest>
{
    public MarkSystemTestRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.System).IsName();
        RuleFor(c => c.Test).Must(Instruments.HasTest).WithErrorCode("unknown-test").WithMessage("the ML Test Score of 2017 has no such test; the instrument lists them under views.");
        RuleFor(c => c.Mark).Must(m => m is null or 0 or 0.5 or 1).WithErrorCode("mark-out-of-range").WithMessage("a mark is 0, 0.5 or 1, or null where the test does not apply; the points of 2016 are no marks.");
    }
}

internal sealed class AgreeSystemTestMarkRules : AbstractValidator<AgreeSystemTestMark>
{
    public AgreeSystemTestMarkRules()
    {
        RuleFor(c => c.Id).IsId();
        RuleFor(c => c.System).IsName();
        RuleFor(c => c.Test).Must(Instruments.HasTest).WithErrorCode("unknown-test").WithMessage("the ML Test Score of 2017 has no such test.");
    }
}

internal sealed class CompleteAssessmentRules : AbstractValidator<CompleteAssessment>
{
    public CompleteAssessmentRules() => RuleFor(c => c.Id).IsId();
}

internal sealed class ListAssessmentsRules : AbstractValidator<ListAssessments>
{
    public ListAssessmentsRules() => RuleFor(q => q.Team).IsName().When(q => q.Team is not null);
}

internal sealed class AskWhatIfRules : AbstractValidator<AskWhatIf>
{
    public AskWhatIfRules()
    {
        RuleFor(q => q.Question).Must(q => Instrument.Shipped.Find(q) is not null).WithErrorCode("unknown-question").WithMessage($"{Instrument.Shipped.Name} {Instrument.Shipped.Version} has no such question.");
        RuleFor(q => q.Coverage).Must(v => v is null || AnswerScale.Coverages.Contains(v.Value)).WithErrorCode("coverage-out-of-range").WithMessage("coverage is 0, 0.25, 0.5 or 1.");
        RuleFor(q => q.Mode).Must(v => v is null || AnswerScale.Modes.Contains(v.Value)).WithErrorCode("mode-out-of-range").WithMessage("mode is 0, 0.5 or 1.");
    }
}

internal static class QuestionRules
{
    public static void OfQuestion<T>(this AbstractValidator<T> rules, System.Linq.Expressions.Expression<Func<T, string?>> id, System.Linq.Expressions.Expression<Func<T, string?>> question)
    {
        rules.RuleFor(id).IsId();
        rules.RuleFor(question).Must(q => q is not null && Instrument.Shipped.Find(q) is not null).WithErrorCode("unknown-question")
            .WithMessage($"{Instrument.Shipped.Name} {Instrument.Shipped.Version} has no such question; GET /api/v1/instruments/{Instrument.Shipped.Name} lists them.");
    }
}
