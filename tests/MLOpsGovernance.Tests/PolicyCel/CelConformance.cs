using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;
using MLOpsGovernance.Tests.Artifacts;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.PolicyCel;

/// <summary>The public suite of the expression language, every case through both evaluators.</summary>
public sealed class CelConformance
{
    private static readonly string? Path = ConformanceFolder.Find("cel/cases.json");
    private static readonly Dictionary<string, CelCase> Cases =
        Path is null ? [] : CelCaseFile.Load(Path).Cases.ToDictionary(static c => c.Id, StringComparer.Ordinal);

    public static IEnumerable<TheoryDataRow<string>> Ids() => Cases.Count == 0
        ? [new TheoryDataRow<string>("absent") { TestDisplayName = "cel/cases.json is absent" }]
        : Cases.Keys.Select(static id => new TheoryDataRow<string>(id) { TestDisplayName = id });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Holds_for_every_case(string id)
    {
        if (Path is null)
        {
            ConformanceFolder.MustBeWhole.ShouldBeFalse("cel/cases.json is missing from the default conformance folder");
            Assert.SkipUnless(Path is not null, "cel/cases.json is absent; set CONFORMANCE_DIR to run the public suite");
        }

        Cases.ShouldNotBeEmpty();
        var @case = Cases[id];
        Assert.SkipUnless(@case.Tier is "core" or "ext", $"the tier '{@case.Tier}' is not known");
        Assert.SkipWhen(@case.DisableMacros, "parsing without macros is not offered");
        Assert.SkipWhen(@case.CelGoSkips && !Passes(@case, Check), "the reference implementation does not pass this case either");
        Check(@case);
    }

    /// <summary>Prints what passes through each evaluator; for the public suite the same figures stand in the documentation.</summary>
    [Fact]
    public async Task Is_counted_for_each_file_and_evaluator()
    {
        Assert.SkipUnless(Path is not null, "cel/cases.json is absent; set CONFORMANCE_DIR to run the public suite");
        var rows = Cases.Values.GroupBy(static c => (c.Tier, c.File)).OrderBy(static g => g.Key.Tier, StringComparer.Ordinal).ThenBy(static g => g.Key.File, StringComparer.Ordinal)
            .Select(static g => Row($"{g.Key.Tier} {g.Key.File}", [.. g])).Append(Row("all", [.. Cases.Values])).ToList();
        var text = string.Join('\n', [
            "| cases of | number | pass compiled | pass traced | only checked | not required and not passed | needing protobuf |", "|---|---|---|---|---|---|---|", .. rows]);
        TestContext.Current.TestOutputHelper!.WriteLine(text);
        await Console.Out.WriteLineAsync($"CEL conformance\n{text}");
        if (ConformanceFolder.Given is null) (await File.ReadAllTextAsync(RepositoryFiles.At("docs", "policy-language.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").ShouldContain(text);
    }

    private static string Row(string what, IReadOnlyList<CelCase> cases)
    {
        int Count(Func<CelCase, bool> counts) => cases.Count(counts);
        var compiled = Count(static c => !c.CheckOnly && Passes(c, Compiled));
        var traced = Count(static c => !c.CheckOnly && Passes(c, Traced));
        // The data hold no case that needs protobuf: those were left out when they were derived.
        return FormattableString.Invariant($"| {what} | {cases.Count} | {compiled} | {traced} | {Count(static c => c.CheckOnly && Passes(c, Check))} | {Count(static c => (c.CelGoSkips || c.DisableMacros) && !Passes(c, Check))} | 0 |");
    }

    private static bool Passes(CelCase @case, Action<CelCase> check)
    {
        try
        {
            check(@case);
            return true;
        }
        catch (ShouldAssertException)
        {
            return false;
        }
    }

    private static void Compiled(CelCase @case)
    {
        var (environment, program) = Compile(@case);
        Expect(@case, program.Evaluate(Bind(@case, environment, program)), "compiled");
    }

    private static void Traced(CelCase @case)
    {
        var (environment, program) = Compile(@case);
        Expect(@case, program.Trace(Bind(@case, environment, program)).Value, "traced");
    }

    private static void Check(CelCase @case)
    {
        if (@case.CheckOnly)
        {
            Compile(@case);
            return;
        }

        Compiled(@case);
        Traced(@case);
    }

    private static (MLOpsGovernance.Policy.Cel.Types.Environment Environment, CelProgram Program) Compile(CelCase @case)
    {
        var environment = Declare(@case);
        var (program, issues) = CelProgram.Compile(@case.Expr, environment, @case.DisableCheck);
        program.ShouldNotBeNull(string.Join(" ", issues.Select(static i => $"{i.Offset}: {i.Message}")));
        if (@case.DeducedType is { } deduced) program.Type.ToString().ShouldBe(TypeText.Parse(deduced).ToString());
        return (environment, program);
    }

    private static MLOpsGovernance.Policy.Cel.Types.Environment Declare(CelCase @case)
    {
        var environment = new MLOpsGovernance.Policy.Cel.Types.Environment(StandardLibrary.Functions, @case.Container ?? "");
        foreach (var declared in @case.TypeEnv ?? [])
        {
            if (declared.Type is { } type) environment.Declare(declared.Name, @case.DisableCheck ? CelType.Dyn : TypeText.Parse(type));
            foreach (var overload in declared.Overloads ?? [])
                environment.Declare(declared.Name, new([.. overload.Params.Select(p => TypeText.Parse(p))], TypeText.Parse(overload.Result), overload.Instance, null));
        }

        if (!@case.DisableCheck) return environment;
        foreach (var name in (@case.Bindings ?? []).Keys) environment.Declare(name, CelType.Dyn);
        return environment;
    }

    private static Frame Bind(CelCase @case, MLOpsGovernance.Policy.Cel.Types.Environment environment, CelProgram program)
    {
        var globals = new CelValue[environment.Slots];
        foreach (var variable in environment.Variables)
        {
            if (@case.Bindings?.TryGetValue(variable.Name, out var bound) == true) globals[variable.Slot] = TaggedValue.Read(bound);
        }

        return new(globals, program.Locals) { Limit = 1_000_000 };
    }

    private static void Expect(CelCase @case, in CelValue actual, string evaluator)
    {
        if (@case.Value is { } tagged)
            TaggedValue.Same(actual, TaggedValue.Read(tagged)).ShouldBeTrue($"{evaluator}: {@case.Expr} is {actual}, expected {tagged}");
        else
            actual.Kind.ShouldBe(CelKind.Error, $"{evaluator}: {@case.Expr} is {actual}, expected an error ({string.Join("; ", @case.Error ?? [])})");
    }
}
