using System.Globalization;
using System.Text;
using MLOpsGovernance.Policy.Cel.Values;

namespace MLOpsGovernance.Policy.Cel.Syntax;

/// <summary>Recursive descent over the published grammar. Depth and length are bounded, so hostile text ends in an error, never in a crash.</summary>
internal sealed class Parser
{
    public const int MaxCodePoints = 100_000;
    public const int MaxRecursion = 250;
    public const int MaxDepth = 500;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
        "var", "void", "while",
    };

    private readonly List<Token> _tokens;
    private int _at;
    private int _recursion;

    private Parser(string source) => _tokens = Lexer.Read(source);

    /// <summary>The expression, or what is wrong with the text. Never throws.</summary>
    public static (Expr? Expression, CelIssue? Issue) Parse(string source)
    {
        try
        {
            Measure(source);
            var parser = new Parser(source);
            var expression = parser.Expression();
            if (parser.Current.Kind != TokenKind.End) throw parser.Unexpected("an operator or the end of the expression");
            return (expression, null);
        }
        catch (CelSyntaxException e)
        {
            return (null, new("cel.syntax", e.Message, e.Offset));
        }
    }

    private static void Measure(string source)
    {
        var rest = source.AsSpan();
        var count = 0;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
                throw new CelSyntaxException("The expression holds half of a surrogate pair, which is not Unicode text.", source.Length - rest.Length);
            if (++count > MaxCodePoints)
                throw new CelSyntaxException(string.Create(CultureInfo.InvariantCulture, $"The expression is longer than {MaxCodePoints} code points."), 0);
            rest = rest[length..];
        }
    }

    internal Token Current => _tokens[_at];

    private Token Take() => _tokens[_at++];

    private bool TryTake(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        _at++;
        return true;
    }

    private Token Expect(TokenKind kind) => Current.Kind == kind ? Take() : throw Unexpected($"'{Token.Sign(kind)}'");

    private CelSyntaxException Unexpected(string wanted) => new($"Expected {wanted}, found {Current.Describe()}.", Current.Start);

    private int End => _tokens[_at - 1].End;

    internal static int Depth(params ReadOnlySpan<Expr?> children)
    {
        var depth = 0;
        foreach (var child in children)
        {
            if (child is not null && child.Depth > depth) depth = child.Depth;
        }

        if (depth >= MaxDepth) throw TooDeep(children[0]?.Start ?? 0);
        return depth + 1;
    }

    private static CelSyntaxException TooDeep(int offset) => new("The expression is nested too deeply; give parts of it names.", offset);

    private Expr Expression()
    {
        if (++_recursion > MaxRecursion) throw TooDeep(Current.Start);

        var condition = Logic(isAnd: false);
        if (TryTake(TokenKind.Question))
        {
            var then = Logic(isAnd: false);
            Expect(TokenKind.Colon);
            var otherwise = Expression();
            condition = Call(Operator.Conditional, condition.Start, condition, then, otherwise);
        }

        _recursion--;
        return condition;
    }

    private CallExpr Call(string function, int start, params Expr[] args) => new(function, false, null, args, start, End, Depth(args));

    private Expr Logic(bool isAnd)
    {
        var first = isAnd ? Relation() : Logic(isAnd: true);
        var sign = isAnd ? TokenKind.And : TokenKind.Or;
        if (Current.Kind != sign) return first;

        var terms = new List<Expr> { first };
        while (TryTake(sign)) terms.Add(isAnd ? Relation() : Logic(isAnd: true));
        var all = terms.ToArray();
        return new LogicExpr(isAnd, all, first.Start, End, Depth(all));
    }

    private Expr Relation()
    {
        var left = Sum();
        while (true)
        {
            var function = Current switch
            {
                { Kind: TokenKind.Equal } => Operator.Equal,
                { Kind: TokenKind.NotEqual } => Operator.NotEqual,
                { Kind: TokenKind.Less } => Operator.Less,
                { Kind: TokenKind.LessOrEqual } => Operator.LessOrEqual,
                { Kind: TokenKind.Greater } => Operator.Greater,
                { Kind: TokenKind.GreaterOrEqual } => Operator.GreaterOrEqual,
                { Kind: TokenKind.Keyword, Text: "in" } => Operator.In,
                _ => null,
            };
            if (function is null) return left;
            _at++;
            var right = Sum();
            left = Call(function, left.Start, left, right);
        }
    }

    private Expr Sum()
    {
        var left = Product();
        while (Current.Kind is TokenKind.Plus or TokenKind.Minus)
        {
            var function = Take().Kind == TokenKind.Plus ? Operator.Add : Operator.Subtract;
            var right = Product();
            left = Call(function, left.Start, left, right);
        }

        return left;
    }

    private Expr Product()
    {
        var left = Unary();
        while (Current.Kind is TokenKind.Star or TokenKind.Slash or TokenKind.Percent)
        {
            var function = Take().Kind switch { TokenKind.Star => Operator.Multiply, TokenKind.Slash => Operator.Divide, _ => Operator.Modulo };
            var right = Unary();
            left = Call(function, left.Start, left, right);
        }

        return left;
    }

    private Expr Unary()
    {
        var sign = Current.Kind;
        if (sign is not (TokenKind.Not or TokenKind.Minus)) return Member(negative: null);

        var starts = new List<int>();
        while (Current.Kind == sign) starts.Add(Take().Start);

        // The last minus belongs to a number: the smallest int has no positive counterpart.
        int? negative = null;
        if (sign == TokenKind.Minus && Current.Kind is TokenKind.Int or TokenKind.Double)
        {
            negative = starts[^1];
            starts.RemoveAt(starts.Count - 1);
        }

        var operand = Member(negative);
        for (var i = starts.Count - 1; i >= 0; i--) operand = Call(sign == TokenKind.Not ? Operator.Not : Operator.Negate, starts[i], operand);
        return operand;
    }

    private Expr Member(int? negative)
    {
        var operand = negative is { } start ? Number(Take(), start) : Primary();
        while (true)
        {
            if (TryTake(TokenKind.Dot)) operand = Selection(operand);
            else if (TryTake(TokenKind.OpenBracket))
            {
                var function = TryTake(TokenKind.Question) ? Operator.OptionalIndex : Operator.Index;
                var index = Expression();
                Expect(TokenKind.CloseBracket);
                operand = Call(function, operand.Start, operand, index);
            }
            else return operand;
        }
    }

    private Expr Selection(Expr operand)
    {
        var optional = TryTake(TokenKind.Question);
        if (Current.Kind is not (TokenKind.Identifier or TokenKind.QuotedIdentifier)) throw Unexpected("a field or function name");

        var name = Take();
        if (Current.Kind != TokenKind.OpenParen || optional || name.Kind == TokenKind.QuotedIdentifier)
            return new SelectExpr(operand, name.Text, false, optional, name.Kind == TokenKind.QuotedIdentifier, operand.Start, End, Depth(operand));

        var args = Arguments();
        var depth = Depth([operand, .. args]);
        var call = new CallExpr(name.Text, false, operand, args, operand.Start, End, depth);
        return Macro.Expand(call, name.Start) ?? call;
    }

    private Expr[] Arguments()
    {
        Expect(TokenKind.OpenParen);
        var args = new List<Expr>();
        if (TryTake(TokenKind.CloseParen)) return [];
        do args.Add(Expression());
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.CloseParen);
        return [.. args];
    }

    private Expr Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Dot:
                _at++;
                if (Current.Kind != TokenKind.Identifier) throw Unexpected("a name after the leading '.'");
                return Name(Take(), token.Start, rooted: true);
            case TokenKind.Identifier:
                return Name(Take(), token.Start, rooted: false);
            case TokenKind.Keyword when token.Text != "in":
                _at++;
                return new LiteralExpr(token.Text switch { "true" => CelValue.True, "false" => CelValue.False, _ => CelValue.Null }, token.Start, token.End);
            case TokenKind.OpenParen:
                _at++;
                var inner = Expression();
                Expect(TokenKind.CloseParen);
                return inner;
            case TokenKind.OpenBracket: return List();
            case TokenKind.OpenBrace: return Map();
            case TokenKind.Int or TokenKind.UInt or TokenKind.Double: return Number(Take(), null);
            case TokenKind.String or TokenKind.Bytes:
                _at++;
                return new LiteralExpr(token.Value, token.Start, token.End);
            default: throw Unexpected("an expression");
        }
    }

    private Expr Name(Token name, int start, bool rooted)
    {
        if (Reserved.Contains(name.Text)) throw new CelSyntaxException($"'{name.Text}' is reserved and cannot be a name.", name.Start);
        if (Current.Kind == TokenKind.OpenBrace)
            throw new CelSyntaxException($"Messages ('{name.Text}{{…}}') are not part of this language: facts are JSON; write a map.", start);
        if (Current.Kind != TokenKind.OpenParen) return new IdentExpr(name.Text, rooted, start, name.End);

        var args = Arguments();
        var call = new CallExpr(name.Text, rooted, null, args, start, End, args.Length == 0 ? 1 : Depth(args));
        return Macro.Expand(call, name.Start) ?? call;
    }

    private ListExpr List()
    {
        var start = Take().Start;
        var items = new List<Expr>();
        var optional = new List<bool>();
        while (Current.Kind != TokenKind.CloseBracket)
        {
            optional.Add(TryTake(TokenKind.Question));
            items.Add(Expression());
            if (!TryTake(TokenKind.Comma)) break;
        }

        Expect(TokenKind.CloseBracket);
        var all = items.ToArray();
        return new(all, [.. optional], start, End, all.Length == 0 ? 1 : Depth(all));
    }

    private MapExpr Map()
    {
        var start = Take().Start;
        var entries = new List<MapEntryExpr>();
        var parts = new List<Expr>();
        while (Current.Kind != TokenKind.CloseBrace)
        {
            var optional = TryTake(TokenKind.Question);
            var key = Expression();
            Expect(TokenKind.Colon);
            var value = Expression();
            entries.Add(new(key, value, optional));
            parts.Add(key);
            parts.Add(value);
            if (!TryTake(TokenKind.Comma)) break;
        }

        Expect(TokenKind.CloseBrace);
        return new([.. entries], start, End, parts.Count == 0 ? 1 : Depth([.. parts]));
    }

    private static LiteralExpr Number(Token token, int? minus)
    {
        var start = minus ?? token.Start;
        if (token.Kind == TokenKind.Double) return new(minus is null ? token.Value : CelValue.Of(-token.Value.Double), start, token.End);

        var hex = token.Text.StartsWith("0x", StringComparison.Ordinal);
        var digits = hex ? token.Text.AsSpan(2) : token.Text;
        if (!ulong.TryParse(digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var magnitude)
            || (token.Kind == TokenKind.Int && magnitude > (ulong)long.MaxValue + (minus is null ? 0UL : 1UL)))
            throw new CelSyntaxException($"The number {token.Text} does not fit into 64 bits.", start);

        var value = token.Kind == TokenKind.UInt ? CelValue.Of(magnitude) : CelValue.Of(minus is null ? (long)magnitude : unchecked(-(long)magnitude));
        return new(value, start, token.End);
    }
}
