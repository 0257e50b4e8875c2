using System.Reflection;
using Shouldly;
using Xunit;

namespace MLOpsGovernance.Tests.HouseRules;

/// <summary>Dependencies point one way, and the five libraries know nothing of each other, except that Policy may use Evidence.</summary>
public sealed class DependencyDirections
{
    public static TheoryData<string, string[]> Allowed => new()
    {
        { "Server", ["Domain", "Policy", "Evidence", "Advisor", "Reports"] },
        { "Cli", ["Policy", "Evidence"] },
        { "Policy", ["Evidence"] },
        { "Domain", [] },
        { "Evidence", [] },
        { "Advisor", [] },
        { "Reports", [] },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Hold_in_the_project_files(string project, string[] allowed) =>
        House.Projects[project].References("ProjectReference").Except(allowed, StringComparer.Ordinal).ShouldBeEmpty($"{project} refers to what it may not know");

    [Theory]
    [InlineData("mlgov", "Policy", "Evidence")]
    [InlineData("MLOpsGovernance.Policy", "Evidence")]
    [InlineData("MLOpsGovernance.Domain")]
    [InlineData("MLOpsGovernance.Evidence")]
    [InlineData("MLOpsGovernance.Advisor")]
    [InlineData("MLOpsGovernance.Reports")]
    public void Hold_in_what_is_compiled(string assembly, params string[] allowed) =>
        Compiled(assembly).Where(IsOurs).Except(allowed.Select(name => $"MLOpsGovernance.{name}"), StringComparer.Ordinal).ShouldBeEmpty($"{assembly} refers to what it may not know");

    [Fact]
    public void Are_stated_for_every_project() =>
        House.Projects.Keys.Order(StringComparer.Ordinal).ShouldBe(["Advisor", "Cli", "Domain", "Evidence", "Policy", "Reports", "Server"]);

    [Fact]
    public void Leave_the_domain_pure()
    {
        House.Projects["Domain"].References("PackageReference").ShouldBeEmpty();
        House.Projects["Domain"].References("FrameworkReference").ShouldBeEmpty();
        Compiled("MLOpsGovernance.Domain").Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Keep_machine_learning_in_the_advisor() =>
        House.Projects.Where(p => p.Key != "Advisor" && p.Value.References("PackageReference").Any(IsMachineLearning)).Select(p => p.Key).ShouldBeEmpty();

    [Theory]
    [InlineData("mlgov")]
    [InlineData("MLOpsGovernance.Policy")]
    [InlineData("MLOpsGovernance.Domain")]
    [InlineData("MLOpsGovernance.Evidence")]
    [InlineData("MLOpsGovernance.Reports")]
    public void Keep_machine_learning_out_of_what_is_compiled(string assembly) => Compiled(assembly).Where(IsMachineLearning).ShouldBeEmpty();

    private static IEnumerable<string> Compiled(string assembly) => Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!);

    private static bool IsOurs(string assembly) => assembly.StartsWith("MLOpsGovernance.", StringComparison.Ordinal) || assembly is "mlgov" or "mlgov-server";

    private static bool IsMachineLearning(string name) => name == "Microsoft.ML" || name.StartsWith("Microsoft.ML.", StringComparison.Ordinal);
}
