using FluentValidation;
using MLOpsGovernance.Server.Requests;

namespace MLOpsGovernance.Server.Models;

internal sealed class SuspendModelRules : AbstractValidator<SuspendModel>
{
    public SuspendModelRules() => this.StopOrStart(c => c.Model, c => c.Version, c => c.Reason, c => c.About);
}

internal sealed class ResumeModelRules : AbstractValidator<ResumeModel>
{
    public ResumeModelRules() => this.StopOrStart(c => c.Model, c => c.Version, c => c.Reason, c => c.About);
}

internal sealed class RetireModelRules : AbstractValidator<RetireModel>
{
    public RetireModelRules() => this.StopOrStart(c => c.Model, c => c.Version, c => c.Reason, c => c.About);
}

internal sealed class RecallVersionRules : AbstractValidator<RecallVersion>
{
    public RecallVersionRules() => this.StopOrStart(c => c.Model, c => (int?)c.Version, c => c.Reason, c => c.About);
}

internal static class LifecycleFields
{
    /// <summary>The fields that every step in a model's life has: which model, which version if not all, and why.</summary>
    public static void StopOrStart<T>(
        this AbstractValidator<T> rules, System.Linq.Expressions.Expression<Func<T, string?>> model, System.Linq.Expressions.Expression<Func<T, int?>> version,
        System.Linq.Expressions.Expression<Func<T, string?>> reason, System.Linq.Expressions.Expression<Func<T, string?>> about)
    {
        rules.RuleFor(model).IsName();
        rules.RuleFor(version).Must(v => v is null or >= 1).OverridePropertyName("version").WithErrorCode("invalid-version").WithMessage("a model version is a whole number from 1 to 2147483647.");
        rules.RuleFor(reason).IsText(1, 4000);
        rules.RuleFor(about).Must(a => a is null || Domain.Name.IsSubject(a)).WithErrorCode("invalid-subject").WithMessage($"a subject is {Domain.Name.SubjectRule}.");
    }
}
