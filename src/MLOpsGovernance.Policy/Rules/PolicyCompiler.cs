using MLOpsGovernance.Policy.Cel;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Documents;
using MLOpsGovernance.Policy.Facts;
using MLOpsGovernance.Policy.Yaml;
using Environment = MLOpsGovernance.Policy.Cel.Types.Environment;

namespace MLOpsGovernance.Policy.Rules;

/// <summary>Checks and compiles every expression of a policy against the fact schema.</summary>
internal sealed class PolicyCompiler(PolicySource source, FactSchema schema, Diagnostics diagnostics)
{
    private readonly string _file = source.Document.Path;
    private readonly CostEstimate _estimate = new();
    private readonly Dictionary<string, Node> _definitions = new(StringComparer.Ordinal);
    private int _locals;

    /// <summary>The policy, or null with errors.</summary>
    public static CompiledPolicy? Compile(PolicySource source, FactSchema schema, Diagnostics diagnostics)
    {
        var before = diagnostics.Count;
        var policy = new PolicyCompiler(source, schema, diagnostics).Compile();
        return diagnostics.Count > before ? null : policy;
    }

    private Environment Declare()
    {
        var environment = new Environment(StandardLibrary.Functions);
        foreach (var (name, fact) in schema.Facts) environment.Declare(name, fact.Type, fact.Bounds);
        environment.Declare("now", CelType.Timestamp);
        foreach (var (name, parameter) in source.Parameters.Facts) environment.Declare($"params.{name}", parameter.Type, parameter.Bounds);
        return environment;
    }

    private CompiledPolicy Compile()
    {
        // Conditions decide whether the policy is in scope at all; variables are not visible to them.
        var outside = Declare();
        var conditions = new List<(string, CelProgram)>();
        foreach (var condition in source.Conditions)
        {
            if (Program(condition.Expression, outside, CelType.Bool, $"The condition '{condition.Name}'") is not { } program) continue;
            conditions.Add((condition.Name, program));
            Decides(condition.Expression, program);
        }

        var environment = Declare();
        var variables = Variables(environment);
        var rules = new List<CompiledRule>();
        foreach (var rule in source.Rules)
        {
            var expression = Program(rule.Expression, environment, CelType.Bool, $"The rule '{rule.Rule.Id}'");
            var message = rule.Message is null ? null : Program(rule.Message, environment, CelType.String, $"The message of '{rule.Rule.Id}'");
            if (expression is null || (rule.Message is not null && message is null)) continue;
            rules.Add(new(rule.Rule, expression, message));
            Decides(rule.Expression, expression);
        }

        var annotations = new List<(string, CelProgram)>();
        foreach (var annotation in source.Annotations)
        {
            if (Program(annotation.Expression, environment, null, $"The annotation '{annotation.Name}'") is { } program) annotations.Add((annotation.Name, program));
        }

        var programs = conditions.Select(static c => c.Item2).Concat(variables).Concat(annotations.Select(static a => a.Item2))
            .Concat(rules.SelectMany(static r => r.Message is null ? [r.Expression] : new[] { r.Expression, r.Message }));
        var (values, _) = FactReader.Read(source.Defaults, source.Parameters, ParameterReader.Everything(source.Parameters));
        return new(source.Document, source.Parameters, source.Defaults, values, conditions, [.. variables], [.. rules], annotations,
            schema.Names.Count, _locals, ReadFacts(programs));
    }

    private List<CelProgram> Variables(Environment environment)
    {
        var programs = new List<CelProgram>();
        for (var i = 0; i < source.Variables.Count; i++)
        {
            var (name, expression) = source.Variables[i];
            if (Later(expression.Text, i) is { } later)
            {
                diagnostics.Error(_file, expression, new("policy.cyclic-variable", later.Message, later.Offset));
                environment.Declare($"variables.{name}", CelType.Error);
                continue;
            }

            // Variables are evaluated inside each other and inside rules, so their working slots must not overlap.
            var program = Program(expression, environment, null, $"The variable '{name}'", isVariable: true);
            var type = program?.Type ?? CelType.Error;
            var (cost, extent) = program is null ? (0, Extent.Of(type)) : _estimate.Of(program.Root);
            var variable = environment.Declare($"variables.{name}", type, extent, lazy: true);
            _estimate.Declare(variable, cost);
            if (program is null) continue;
            programs.Add(program);
            _definitions[variable.Name] = program.Root;
            Decides(expression, program);
        }

        return programs;
    }

    /// <summary>A variable that is read before it is declared: itself, or one further down, which may lead back here.</summary>
    private (string Message, int Offset)? Later(string expression, int index)
    {
        if (Parser.Parse(expression).Expression is null) return null;
        var tokens = Lexer.Read(expression);
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            if (tokens[i] is not { Kind: TokenKind.Identifier, Text: "variables" } || tokens[i + 1].Kind != TokenKind.Dot) continue;
            if (i > 0 && tokens[i - 1].Kind == TokenKind.Dot) continue;
            var name = tokens[i + 2].Text;
            for (var other = index; other < source.Variables.Count; other++)
            {
                if (source.Variables[other].Name != name) continue;
                return (other == index
                    ? $"The variable '{name}' is defined by itself."
                    : $"The variable '{source.Variables[index].Name}' reads '{name}', which comes later; variables are in order, so that no circle can arise.", tokens[i].Start);
            }
        }

        return null;
    }

    private CelProgram? Program(YamlScalar text, Environment environment, CelType? wanted, string what, bool isVariable = false)
    {
        var (program, issues) = CelProgram.Compile(text.Text, environment, firstLocal: isVariable ? _locals : _variableLocals);
        foreach (var issue in issues) diagnostics.Error(_file, text, issue);
        if (program is null) return null;

        _locals = Math.Max(_locals, program.Locals);
        if (isVariable) _variableLocals = _locals;
        if (wanted is not null && program.Type.Kind != wanted.Kind && !(wanted.Kind == TypeKind.String && program.Type.Kind == TypeKind.Dyn))
        {
            var advice = program.Type.Kind == TypeKind.Dyn ? $" Wrap it in {wanted}(…)." : "";
            diagnostics.Error(_file, text, new("cel.type", $"{what} must give a {wanted}, not {program.Type}.{advice}", 0));
            return null;
        }

        foreach (var issue in PatternCheck.Issues(program)) diagnostics.Error(_file, text, issue);
        foreach (var issue in Lint.Warnings(program)) diagnostics.Warning(_file, text, issue);
        // What reads something broken has no bounds worth estimating.
        return diagnostics.HasErrorsIn(_file) || Affordable(text, program, what) ? program : null;
    }

    /// <summary>Holds an expression that something rests on to more than a text that is only shown.</summary>
    private void Decides(YamlScalar text, CelProgram program)
    {
        foreach (var issue in Lint.Errors(program, new(v => _definitions.GetValueOrDefault(v.Name)))) diagnostics.Error(_file, text, issue);
    }

    private int _variableLocals;

    private bool Affordable(YamlScalar text, CelProgram program, string what)
    {
        var cost = _estimate.Total(program.Root);
        if (cost <= PolicyLimits.Rule) return true;
        var costliest = _estimate.Costliest(program.Root);
        diagnostics.Error(_file, text, new("cel.cost",
            $"{what} may cost {cost} units, the limit is {PolicyLimits.Rule}; most of it is in '{Excerpt(program.Source, costliest)}'. Declare tighter bounds (maxItems, maxLength) in the fact schema.",
            costliest.Start));
        return false;
    }

    private static string Excerpt(string text, Node node)
    {
        var excerpt = text[node.Start..node.End];
        return excerpt.Length > 80 ? Cel.Values.CodePoints.Cut(excerpt, 80) + "…" : excerpt;
    }

    private bool[] ReadFacts(IEnumerable<CelProgram> programs)
    {
        var read = new bool[schema.Names.Count];
        foreach (var program in programs)
        {
            foreach (var node in NodeWalk.All(program.Root))
            {
                if (node is VariableNode { Variable.Slot: var slot } && slot < read.Length) read[slot] = true;
            }
        }

        return read;
    }
}
