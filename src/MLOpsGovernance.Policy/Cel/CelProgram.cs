using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Library;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel;

/// <summary>One expression, read, checked and compiled. Immutable; evaluations of it share nothing but the code.</summary>
internal sealed class CelProgram
{
    private readonly Code _code;

    private CelProgram(string source, Node root, int locals)
    {
        (Source, Root, Locals) = (source, root, locals);
        _code = Compiler.Compile(root);
    }

    /// <summary>The same with the opposite truth value; what errs still does. For tests that must notice.</summary>
    public CelProgram Negated()
    {
        var not = StandardLibrary.Functions[Operator.Not];
        return new(Source, new CallNode(Root.Source, not, false, [Root]) { Type = CelType.Bool, Candidates = not.Overloads }, Locals);
    }

    public string Source { get; }

    public Node Root { get; }

    public CelType Type => Root.Type;

    /// <summary>How many working slots a frame needs, counted from slot 0.</summary>
    public int Locals { get; }

    /// <summary>The program, or everything that is wrong with the text. Never throws, whatever the text.</summary>
    /// <param name="lenient">Without type check, as the unchecked cases of the suite want it; never for policies.</param>
    /// <param name="firstLocal">First working slot it may use, so that expressions evaluated inside each other do not collide.</param>
    public static (CelProgram? Program, IReadOnlyList<CelIssue> Issues) Compile(
        string source, Types.Environment environment, bool lenient = false, int firstLocal = 0)
    {
        var (expression, issue) = Parser.Parse(source);
        if (expression is null) return (null, [issue!]);

        var (root, locals, issues) = Checker.Check(expression, environment, lenient, firstLocal);
        return issues.Count > 0 ? (null, issues) : (new(source, root, locals), []);
    }

    /// <summary>A value or an error.</summary>
    public CelValue Evaluate(Frame frame)
    {
        var value = _code(frame);
        return frame.IsExhausted ? CelError.Budget : value;
    }

    /// <summary>The same, remembering what every part evaluated to. The only evaluation that may answer an unknown.</summary>
    public (CelValue Value, Tracer Trace) Trace(Frame frame)
    {
        var tracer = new Tracer(frame);
        var value = tracer.Evaluate(Root);
        return (frame.IsExhausted ? CelError.Budget : value, tracer);
    }
}
