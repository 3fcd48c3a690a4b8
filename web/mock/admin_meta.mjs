// Entities and permissions of administration, as the server's tables have them.
import { choices, entities, entity, field, systemFields } from './meta.mjs'

const L = (zh, en) => ({ zh, en })
const id = field('id', '编号', 'No.', 'id', 'system', 'osf')
const user = [
  id, field('username', '用户名', 'Username', 'text', 'basic', 'ruqsfl', { min: 2, max: 64 }), field('name', '姓名', 'Name', 'text', 'basic', 'rqsfl', { max: 100 }),
  field('email', '邮箱', 'E-mail', 'text', 'contact', 'pf'), field('phone', '手机', 'Phone', 'text', 'contact', 'pf'), field('department_id', '部门', 'Department', 'id', 'basic', 'fl', { ref: 'department' }),
  field('lang', '语言', 'Language', 'choice', 'basic', '', { choices: choices([['zh-CN', '简体中文', 'Simplified Chinese'], ['en', '英文', 'English']]) }),
  field('disabled', '已停用', 'Disabled', 'bool', 'security', 'ofl'), field('must_change_password', '须修改密码', 'Must change password', 'bool', 'security', 'of'), field('totp', '两步验证', 'Second factor', 'bool', 'security', 'of'),
  field('last_login_at', '最近登录', 'Last sign-in', 'instant', 'system', 'osfl'), ...systemFields,
]
const department = [id, field('name', '名称', 'Name', 'text', 'basic', 'rqsfl'), field('parent_id', '上级部门', 'Above', 'id', 'basic', 'fl', { ref: 'department' }), field('position', '排序', 'Position', 'int', 'basic', 's'), field('note', '备注', 'Note', 'text', 'basic', 'm'), ...systemFields]
const role = [
  id, field('name', '名称', 'Name', 'text', 'basic', 'ruqsfl'), field('name_en', '英文名称', 'English name', 'text', 'basic', 'sf'), field('description', '说明', 'Description', 'text', 'basic', 'ml'),
  field('parent_id', '父角色', 'Parent role', 'id', 'basic', 'fl', { ref: 'role' }), field('builtin', '内置', 'Built in', 'text', 'system', 'of'), ...systemFields,
]
const KINDS = [['text', '文本', 'Text'], ['int', '整数', 'Whole number'], ['choice', '选项', 'Choice']]
const customField = [id, field('entity', '对象', 'Entity', 'text', 'basic', 'rsfl'), field('key', '字段名', 'Key', 'text', 'basic', 'rsfl'), field('label_zh', '中文名称', 'Label (Chinese)', 'text', 'basic', 'rfl'), field('kind', '类型', 'Kind', 'choice', 'basic', 'rfl', { choices: choices(KINDS) }), ...systemFields]
export const ACTIONS = [['create', '新建', 'Created'], ['update', '修改', 'Changed'], ['delete', '删除', 'Deleted'], ['login', '登录', 'Signed in'], ['login_failed', '登录失败', 'Sign-in failed'], ['export', '导出', 'Exported'], ['security', '安全', 'Security']]
export const ORIGINS = [['page', '页面', 'Page'], ['api', '接口', 'API'], ['import', '导入', 'Import'], ['job', '任务', 'Job'], ['system', '系统', 'System']]
const change = [
  id, field('at', '时间', 'Time', 'instant', 'basic', 'osfl'), field('actor_id', '操作人', 'Who', 'id', 'basic', 'ofl', { ref: 'user' }), field('action', '操作', 'Action', 'choice', 'basic', 'ofl', { choices: choices(ACTIONS) }),
  field('entity', '对象', 'Kind', 'text', 'basic', 'ofl'), field('record_id', '对象编号', 'Record', 'int', 'basic', 'ofl'), field('origin', '来源', 'Origin', 'choice', 'basic', 'ofl', { choices: choices(ORIGINS) }),
  field('address', '地址', 'Address', 'text', 'basic', 'of'), field('request', '请求', 'Request', 'text', 'basic', 'of'), field('reason', '原因', 'Reason', 'text', 'basic', 'ofl'),
]
const job = [id, field('title', '任务', 'Job', 'text', 'basic', 'ofl')]
const run = [id, field('file', '文件', 'File', 'text', 'basic', 'ofl')]

entities.push(
  entity('user', 'users', '用户', 'user', ['用户', 'Users'], user),
  entity('department', 'departments', '部门', 'department', ['部门', 'Departments'], department),
  entity('role', 'roles', '角色', 'role', ['角色', 'Roles'], role),
  entity('field', 'fields', '自定义字段', 'custom field', ['自定义字段', 'Custom fields'], customField, 'label_zh'),
  { ...entity('change', 'changes', '变更', 'change', ['变更记录', 'Changes'], change, 'id'), readonly: true },
  { ...entity('job', 'jobs', '后台任务', 'job', ['后台任务', 'Jobs'], job, 'title'), readonly: true },
  { ...entity('import', 'imports', '导入记录', 'import', ['导入记录', 'Imports'], run, 'file'), readonly: true },
)
for (const e of entities) if (['customer', 'order', 'product', 'shop'].includes(e.name)) e.custom_fields = true

const special = [
  ['role.grant', '设置角色权限', 'Set what roles may do', 'admin'], ['role.assign', '给用户分配角色', 'Give roles to users', 'admin'], ['user.password', '重置用户密码', "Reset users' passwords", 'admin'],
  ['user.preview', '以某用户身份查看', 'See as another user', 'admin'], ['audit.read', '查看审计日志', 'Read the audit log', 'security'], ['setting.read', '查看设置', 'Read settings', 'system'],
  ['setting.write', '修改设置', 'Change settings', 'system'], ['view.share', '共享视图', 'Share views', 'general'],
]
export const permissions = special.map(([name, zh, en, group]) => ({ name, label: L(zh, en), group }))
export const VERBS = ['read', 'create', 'update', 'delete', 'export', 'import', 'bulk']
export const functionNames = [...entities.flatMap((e) => VERBS.map((v) => `${e.name}.${v}`)), ...permissions.map((p) => p.name)]
