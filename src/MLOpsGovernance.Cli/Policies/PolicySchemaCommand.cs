using System.CommandLine;
using MLOpsGovernance.Policy;

namespace MLOpsGovernance.Cli.Policies;

/// <summary>What editors check documents against while they are written.</summary>
internal static class PolicySchemaCommand
{
    public static Command Create(Globals globals)
    {
        var kind = new Argument<string>("KIND") { Description = "policy or test [default: policy]", Arity = ArgumentArity.ZeroOrOne };
        kind.AcceptOnlyFromAmong("policy", "test");
        return new Command("schema", "Write the JSON Schema of a kind of document, for editors. What the schema refuses, loading refuses too; types, costs and references only loading knows.")
        {
            kind,
        }.Runs(globals, (run, _) =>
        {
            run.Screen.Raw(run.Given(kind) == "test" ? PolicySchema.OfTest : PolicySchema.OfPolicy);
            return Task.FromResult(ExitCode.Ok);
        });
    }
}
