using System.Collections.Frozen;
using MLOpsGovernance.Policy.Cel.Evaluation;
using MLOpsGovernance.Policy.Cel.Syntax;
using MLOpsGovernance.Policy.Cel.Types;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Library;

/// <summary>Every function an expression can call: the language's own and those of the extension libraries.</summary>
internal static class StandardLibrary
{
    public static FrozenDictionary<string, Function> Functions { get; } = Build();

    private static FrozenDictionary<string, Function> Build()
    {
        var library = new LibraryBuilder();
        AddOperators(library);
        Conversions.AddTo(library);
        TimeFunctions.AddTo(library);
        StringFunctions.AddTo(library);
        RegexFunctions.AddTo(library);
        FormatFunction.AddTo(library);
        MathFunctions.AddTo(library);
        ListFunctions.AddTo(library);
        SetFunctions.AddTo(library);
        OptionalFunctions.AddTo(library);
        EncoderFunctions.AddTo(library);
        NetworkFunctions.AddTo(library);
        SemverFunctions.AddTo(library);
        return library.Build();
    }

    private static void AddOperators(LibraryBuilder library)
    {
        string[] ordered = ["bool", "int", "uint", "double", "string", "bytes", "timestamp", "duration"];
        // Numbers of different types have one order, so they can be compared without a conversion.
        (string A, string B)[] mixed = [("int", "uint"), ("int", "double"), ("uint", "int"), ("uint", "double"), ("double", "int"), ("double", "uint")];
        foreach (var sign in (string[])[Operator.Less, Operator.LessOrEqual, Operator.Greater, Operator.GreaterOrEqual])
            Binary(library, sign, [.. ordered.Select(t => $"{sign}({t}, {t}): bool"), .. mixed.Select(t => $"{sign}({t.A}, {t.B}): bool")]);

        Binary(library, Operator.Equal, "_==_(A, A): bool");
        Binary(library, Operator.NotEqual, "_!=_(A, A): bool");
        Binary(library, Operator.In, "@in(A, list(A)): bool", "@in(A, map(A, B)): bool");
        Binary(library, Operator.Add, "_+_(int, int): int", "_+_(uint, uint): uint", "_+_(double, double): double", "_+_(string, string): string",
            "_+_(bytes, bytes): bytes", "_+_(list(A), list(A)): list(A)", "_+_(timestamp, duration): timestamp",
            "_+_(duration, timestamp): timestamp", "_+_(duration, duration): duration");
        Binary(library, Operator.Subtract, "_-_(int, int): int", "_-_(uint, uint): uint", "_-_(double, double): double",
            "_-_(timestamp, timestamp): duration", "_-_(timestamp, duration): timestamp", "_-_(duration, duration): duration");
        Binary(library, Operator.Multiply, "_*_(int, int): int", "_*_(uint, uint): uint", "_*_(double, double): double");
        Binary(library, Operator.Divide, "_/_(int, int): int", "_/_(uint, uint): uint", "_/_(double, double): double");
        Binary(library, Operator.Modulo, "_%_(int, int): int", "_%_(uint, uint): uint");
        Binary(library, Operator.Index, "_[_](list(A), int): A", "_[_](map(A, B), A): B",
            "_[_](optional_type(list(A)), int): optional_type(A)", "_[_](optional_type(map(A, B)), A): optional_type(B)");
        Binary(library, Operator.OptionalIndex, "_[?_](list(A), int): optional_type(A)", "_[?_](map(A, B), A): optional_type(B)",
            "_[?_](optional_type(list(A)), int): optional_type(A)", "_[?_](optional_type(map(A, B)), A): optional_type(B)");

        Unary(library, Operator.Not, "!_(bool): bool");
        Unary(library, Operator.Negate, "-_(int): int", "-_(double): double");
    }

    private static void Binary(LibraryBuilder library, string name, params string[] signatures)
    {
        var binary = Compiler.BinaryOperators[name];
        library.Direct(name, (meter, args) => args.Length == 2 ? binary(meter, args[0], args[1]) : CelError.NoOverload, signatures);
    }

    private static void Unary(LibraryBuilder library, string name, params string[] signatures)
    {
        var unary = Compiler.UnaryOperators[name];
        library.Direct(name, (meter, args) => args.Length == 1 ? unary(meter, args[0]) : CelError.NoOverload, signatures);
    }
}
