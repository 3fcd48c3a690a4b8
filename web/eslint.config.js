import vue from 'eslint-plugin-vue'
import noUnsanitized from 'eslint-plugin-no-unsanitized'
import ts from 'typescript-eslint'

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/components.d.ts', 'src/api/schema.d.ts'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  noUnsanitized.configs.recommended,
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'vue/no-v-html': 'error',
      'vue/no-restricted-static-attribute': ['error', { key: 'style', message: 'The CSP allows no style attribute.' }],
      // It takes the | of a TypeScript union in a template for a filter.
      'vue/no-deprecated-filter': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/first-attribute-linebreak': 'off',
      'max-lines': ['error', { max: 320, skipBlankLines: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // The sinks that Trusted Types guard; text goes in by textContent, that is by {{ }}.
    files: ['src/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc'].map((property) => ({ property })),
      ],
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  { files: ['**/*.mjs', 'tests/**'], rules: { '@typescript-eslint/no-explicit-any': 'off', 'max-lines': ['error', 450] } },
)
